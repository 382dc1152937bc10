/** An answer that GitHub gives instead of what was asked; thrown anywhere, sent by the server. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, body: Readonly<Record<string, unknown>>, headers: Readonly<Record<string, string>> = {}) {
    super(`${status} ${String(body.message)}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

export interface FieldError {
  readonly resource: string;
  readonly field?: string;
  readonly code: string;
  readonly message?: string;
}

const docs = 'https://docs.github.com/rest';
const answer = (status: number, message: string, more: Record<string, unknown> = {}, headers = {}) =>
  new Refusal(status, { message, ...more, documentation_url: docs, status: String(status) }, headers);

/** GitHub's refusals, in one table. */
export const refusals = {
  badRequest: (message: string) => answer(400, message),
  badCredentials: () => answer(401, 'Bad credentials'),
  unauthorized: (message: string, headers: Readonly<Record<string, string>> = {}) => answer(401, message, {}, headers),
  requiresAuthentication: () => answer(401, 'Requires authentication'),
  /** A permission is missing; the header names those that would do. */
  notAccessible: (by: 'integration' | 'personal access token', accepted: string) =>
    answer(403, `Resource not accessible by ${by}`, {}, { 'x-accepted-github-permissions': accepted }),
  forbidden: (message: string, accepted?: string) =>
    answer(403, message, {}, accepted === undefined ? {} : { 'x-accepted-github-permissions': accepted }),
  notFound: (message = 'Not Found') => answer(404, message),
  notMergeable: (message: string) => answer(405, message),
  conflict: (message: string) => answer(409, message),
  /** A plain sentence, without a list of fields. */
  unprocessable: (message: string) => answer(422, message),
  invalid: (...errors: readonly FieldError[]) => answer(422, 'Validation Failed', { errors }),
  missing: (resource: string, field: string) =>
    answer(422, 'Validation Failed', { errors: [{ resource, field, code: 'missing_field' }] }),
} as const;
