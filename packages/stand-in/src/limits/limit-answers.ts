const docs = 'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api';
const words = {
  primary: 'API rate limit exceeded. Please wait until it is reset.',
  secondary: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
} as const;

const answer = (status: number, body: unknown, headers: Record<string, string>): Response =>
  Response.json(body, { status, headers });

/** Too many at once, or too much written: nobody may call for that long. */
export const secondaryLimit = (retryAfterSeconds: number, status: 403 | 429 = 403): Response =>
  answer(status, { message: words.secondary, documentation_url: docs }, { 'retry-after': String(retryAfterSeconds) });

/** The hour is used up. GraphQL says so in an answer with status 200. */
export function primaryLimit(now: Date, resetSeconds: number, isGraphql: boolean): Response {
  const reset = Math.ceil(now.getTime() / 1000) + resetSeconds;
  const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) };
  if (isGraphql) return answer(200, { errors: [{ type: 'RATE_LIMITED', message: words.primary }] }, headers);
  return answer(403, { message: words.primary, documentation_url: docs }, headers);
}
