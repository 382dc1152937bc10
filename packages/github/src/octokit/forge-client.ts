import type { Host } from '@model-gitops/lifecycle';
import { Octokit } from '@octokit/core';
import { gateOf } from './call-gate.ts';
import { type Call, type CallPlace, makeCall } from './forge-call.ts';
import { ForgeFailure } from './forge-failure.ts';
import type { ForgeData } from './routes.ts';
import { isOnlyMissing } from './translate-error.ts';

/** What is used of an Octokit. */
export type ForgeOctokit = Pick<Octokit, 'request' | 'graphql'>;

export interface ForgeAnswer<Data> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
  readonly data: Data;
}

export interface CallOptions {
  /** The permission that the call takes, as a workflow writes it (`contents: write`), for answers in which GitHub does not name it. */
  readonly needs?: string;
  /** Twice is the same as once although it writes: what is written is named by its content. */
  readonly isRepeatable?: boolean;
  /** For a call that takes long, as an upload. */
  readonly timeoutMs?: number;
  /** The answer is handed on as a stream of bytes. */
  readonly isStream?: boolean;
}

/**
 * GitHub, about one repository. Reads (GET, GraphQL queries) are tried again; a write never is, unless it says that it may. Everything that fails
 * is a ProblemError with one of the codes of problems.ts and a ForgeFailure as its cause (`failureOf`).
 */
export interface ForgeClient {
  readonly repository: { readonly owner: string; readonly name: string };
  readonly host: Host;
  /** One REST call by its route (`GET /repos/{owner}/{repo}/pulls`); `owner` and `repo` are filled in. */
  request<Route extends string>(
    route: Route,
    parameters?: Readonly<Record<string, unknown>>,
    options?: CallOptions,
  ): Promise<ForgeAnswer<ForgeData<Route>>>;
  /**
   * One GraphQL query or mutation; `$owner` and `$name` are filled in where the query declares them. What is not there
   * is null in the data. Variables may not be called query, method, url, headers, request, baseUrl or mediaType.
   */
  graphql<Data>(query: string, variables?: Readonly<Record<string, unknown>>, options?: CallOptions): Promise<Data>;
}

/** How the client proves who it is. An Octokit that others made must not retry or throttle by itself: `throttle: { enabled: false }`. */
export type ForgeAccess =
  | { readonly token: string }
  | { readonly authStrategy: unknown; readonly auth: unknown }
  | { readonly octokit: ForgeOctokit };

export interface ForgeClientOptions {
  /** `https://api.github.com`, or `https://<host>/api/v3`. */
  readonly apiUrl: string;
  readonly access: ForgeAccess;
  readonly repository: { readonly owner: string; readonly name: string };
  readonly host: Host;
  readonly userAgent?: string;
  /** How long one try may take. */
  readonly timeoutMs?: number;
  /** Replaces the global one, for proxies and tests. */
  readonly fetch?: typeof globalThis.fetch;
}

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

function createOctokit({ apiUrl, access, userAgent, fetch }: ForgeClientOptions): ForgeOctokit {
  if ('octokit' in access) return access.octokit;
  const who = 'token' in access ? { auth: access.token } : { authStrategy: access.authStrategy, auth: access.auth };
  return new Octokit({
    ...who,
    baseUrl: apiUrl.replace(/\/+$/, ''),
    userAgent: userAgent ?? 'model-gitops',
    log: silent,
    ...(fetch === undefined ? {} : { request: { fetch } }),
  });
}

/** Octokit hands on what it got of an answer that broke off half-way as text: that is no answer. */
function refuseHalf(contentType: unknown, data: unknown): void {
  const isJson = /\bjson\b/.test(String(contentType ?? ''));
  if (isJson && typeof data === 'string') throw new ForgeFailure('lost', { messages: ['the answer broke off'] });
}

const prefix = '/repos/{owner}/{repo}/';
const nameOfRoute = (route: string) => route.replace(prefix, '').replaceAll(/[{}]/g, '');
const nameOfQuery = (query: string) => /^\s*(query|mutation)\s+(\w+)/.exec(query)?.slice(1, 3).join(' ') ?? 'a query';

/** A client for one repository. Nothing is asked before it is used. */
export function createForgeClient(options: ForgeClientOptions): ForgeClient {
  const octokit = createOctokit(options);
  const { repository, host } = options;
  const { owner, name } = repository;
  const place: CallPlace = { host, gate: gateOf(octokit), repository: `${owner}/${name}` };
  const timeout = (own: CallOptions) => AbortSignal.timeout(own.timeoutMs ?? options.timeoutMs ?? 30_000);
  // an Octokit with the plugin for retries reads `retries`
  const each = (own: CallOptions) => ({
    signal: timeout(own),
    retries: 0,
    ...(own.isStream === true ? { parseSuccessResponseBody: false } : {}),
  });

  async function ask(route: string, parameters: Readonly<Record<string, unknown>>, own: CallOptions) {
    const answer = await octokit.request(route, { owner, repo: name, ...parameters, request: each(own) });
    refuseHalf(answer.headers['content-type'], answer.data);
    return answer;
  }
  async function query<Data>(text: string, variables: Readonly<Record<string, unknown>>, own: CallOptions) {
    const filled = /\$owner\b/.test(text) ? { owner, name, ...variables } : variables;
    try {
      const data = await octokit.graphql<Data | undefined>(text, { ...filled, request: each(own) });
      if (data == null) throw new ForgeFailure('lost', { messages: ['the answer broke off'] });
      return data;
    } catch (thrown) {
      const { errors, data } = thrown as { errors?: Parameters<typeof isOnlyMissing>[0]; data?: Data };
      if (data != null && errors !== undefined && isOnlyMissing(errors)) return data;
      throw thrown;
    }
  }
  return {
    repository,
    host,
    request: <Route extends string>(
      route: Route,
      parameters: Readonly<Record<string, unknown>> = {},
      own: CallOptions = {},
    ) => {
      const call: Call<ForgeAnswer<ForgeData<Route>>> = {
        name: nameOfRoute(route),
        isRead: /^(GET|HEAD) /.test(route) || own.isRepeatable === true,
        needs: own.needs ?? null,
        perform: () => ask(route, parameters, own),
      };
      return makeCall(call, place);
    },
    graphql: <Data>(text: string, variables: Readonly<Record<string, unknown>> = {}, own: CallOptions = {}) => {
      const isRead = !/^\s*mutation\b/.test(text) || own.isRepeatable === true;
      return makeCall<Data>(
        { name: nameOfQuery(text), isRead, needs: own.needs ?? null, perform: () => query<Data>(text, variables, own) },
        place,
      );
    },
  };
}
