import { ForgeFailure } from './forge-failure.ts';

type Headers = Readonly<Record<string, string | number | undefined>>;

interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly data: unknown;
}

interface GraphqlError {
  readonly type?: string;
  readonly message?: string;
  readonly path?: readonly (string | number)[];
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function textOf(error: unknown): string {
  if (typeof error === 'string') return error;
  if (!isObject(error)) return '';
  const { message, code, field } = error;
  return typeof message === 'string' ? message : [field, code].filter((part) => typeof part === 'string').join(' ');
}

function messagesOf(data: unknown): string[] {
  if (!isObject(data)) return [];
  const errors = Array.isArray(data.errors) ? data.errors : [data.errors];
  return [data.message, ...errors].map(textOf).filter((text) => text !== '');
}

/** `contents=write,workflows=write; contents=write`: sets by semicolon; in a set all are needed. */
export function parsePermissions(header: string | number | undefined): readonly (readonly string[])[] {
  const sets = String(header ?? '')
    .split(';')
    .map((set) => set.split(',').flatMap((part) => /^\s*([a-z_]+)=(\w+)\s*$/.exec(part)?.slice(1, 3).join(': ') ?? []))
    .filter((set) => set.length > 0)
    .map((set) => set.map((line) => line.replaceAll('_', '-')));
  return sets.sort((a, b) => a.length - b.length);
}

function waitOf(headers: Headers): ForgeFailure['wait'] {
  const seconds = Number(headers['retry-after'] ?? Number.NaN);
  if (Number.isFinite(seconds)) return { seconds };
  const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
  return headers['x-ratelimit-remaining'] === '0' && Number.isFinite(reset) ? { until: reset * 1000 } : { seconds: 60 };
}

function isLimit({ status, headers }: Answered, messages: readonly string[]): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  if (headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0') return true;
  return messages.some((text) => /secondary rate limit|abuse detection|rate limit exceeded/i.test(text));
}

function refusal(answer: Answered, messages: readonly string[], needs: string | null): ForgeFailure {
  const { status, headers } = answer;
  const accepted = parsePermissions(headers['x-accepted-github-permissions']);
  const permissions = accepted.length > 0 || needs === null ? accepted : [[needs]];
  const facts = { status, messages, permissions };
  const isAccess = messages.some((text) =>
    /not accessible by|must have .*(access|rights)|resource protected/i.test(text),
  );
  if (status === 401) return new ForgeFailure('credentials', facts);
  if (status === 404) return new ForgeFailure('not-found', facts);
  const isWorkflow = permissions[0]?.includes('workflows: write') === true;
  if (isWorkflow || messages.some((text) => /refusing to allow .*workflow/i.test(text)))
    return new ForgeFailure('workflow-files', facts);
  if (status === 403 && (isAccess || accepted.length > 0)) return new ForgeFailure('permission', facts);
  return new ForgeFailure('refused', facts);
}

function fromAnswer(answer: Answered, needs: string | null): ForgeFailure {
  const messages = messagesOf(answer.data);
  const facts = { status: answer.status, messages };
  if (answer.status >= 500) return new ForgeFailure('lost', facts);
  if (isLimit(answer, messages)) return new ForgeFailure('limit', { ...facts, wait: waitOf(answer.headers) });
  return refusal(answer, messages, needs);
}

/** Errors of a query that are only about things that are not there: the data say so by null. */
export function isOnlyMissing(errors: readonly GraphqlError[]): boolean {
  return errors.every(({ type, path }) => type === 'NOT_FOUND' && (path?.length ?? 0) > 1);
}

function fromGraphql(errors: readonly GraphqlError[], headers: Headers, needs: string | null): ForgeFailure {
  const messages = errors.map(textOf);
  const has = (...types: string[]) => errors.some(({ type }) => type !== undefined && types.includes(type));
  const facts = { messages };
  if (has('RATE_LIMITED', 'RATE_LIMIT')) return new ForgeFailure('limit', { ...facts, wait: waitOf(headers) });
  if (messages.some((text) => /something went wrong|timed? ?out|couldn't respond/i.test(text)))
    return new ForgeFailure('lost', facts);
  if (has('FORBIDDEN', 'INSUFFICIENT_SCOPES'))
    return new ForgeFailure('permission', { ...facts, permissions: needs === null ? [] : [[needs]] });
  return new ForgeFailure(has('NOT_FOUND') ? 'not-found' : 'refused', facts);
}

const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT', 'EHOSTUNREACH']);

/** Codes and names of an error and of what caused it. */
function causes(thrown: unknown): Record<string, unknown>[] {
  const chain: Record<string, unknown>[] = [];
  for (let at = thrown; isObject(at) && chain.length < 6; at = at.cause) chain.push(at);
  return chain;
}

/** No answer: words of the network, which name neither address nor token. */
function fromNetwork(thrown: unknown): ForgeFailure {
  const chain = causes(thrown);
  const codes = chain.map(({ code }) => code).filter((code) => typeof code === 'string');
  const isTimeout = chain.some(({ name }) => name === 'TimeoutError' || name === 'AbortError');
  const words = isTimeout ? 'it took too long' : (codes[0] ?? 'the connection broke');
  return new ForgeFailure(codes.some((code) => neverSent.has(code)) ? 'unsent' : 'lost', { messages: [words] });
}

/** What Octokit threw, as one of a closed list of failures; null: not a failure of a call, but a defect. */
export function translateError(thrown: unknown, needs: string | null): ForgeFailure | null {
  if (thrown instanceof ForgeFailure) return thrown;
  if (!isObject(thrown)) return null;
  const { name, response, errors, headers } = thrown;
  if (name === 'GraphqlResponseError' && Array.isArray(errors))
    return fromGraphql(errors as GraphqlError[], (headers ?? {}) as Headers, needs);
  if (isObject(response) && typeof response.status === 'number')
    return fromAnswer(response as unknown as Answered, needs);
  const isNetwork = name === 'HttpError' || name === 'AbortError' || name === 'TimeoutError';
  return isNetwork ? fromNetwork(thrown) : null;
}
