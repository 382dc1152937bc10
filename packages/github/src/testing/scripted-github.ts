import type { Host } from '@model-gitops/lifecycle';
import { createForgeClient, type ForgeClient } from '../octokit/forge-client.ts';

/** One answer of a script: a status with JSON, or how the connection breaks. */
export type Scripted =
  | { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  | { readonly broken: 'refused' | 'reset' | 'half' | 'timeout' };

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  /** When, by the host's clock. */
  readonly at: number;
}

function breakOff(how: 'refused' | 'reset' | 'timeout'): never {
  if (how === 'timeout') throw new DOMException('The operation was aborted due to timeout', 'TimeoutError');
  const cause = Object.assign(new Error(how), { code: how === 'refused' ? 'ECONNREFUSED' : 'ECONNRESET' });
  throw new TypeError('fetch failed', { cause });
}

function answerWith(scripted: Scripted): Response {
  if ('broken' in scripted) {
    if (scripted.broken !== 'half') return breakOff(scripted.broken);
    return new Response('{"sha": "12', { headers: { 'content-type': 'application/json; charset=utf-8' } });
  }
  const headers = { 'content-type': 'application/json; charset=utf-8', ...scripted.headers };
  const body = scripted.status === 204 ? null : JSON.stringify(scripted.body ?? {});
  return new Response(body, { status: scripted.status, headers });
}

/** A client whose GitHub answers from a script, in order; an answer that is not there fails the test. */
export function scriptedGithub(
  script: readonly Scripted[],
  host: Host,
  token = 'ghp_secretsecretsecretsecret',
): { readonly client: ForgeClient; readonly asked: readonly Asked[] } {
  const asked: Asked[] = [];
  const fetch = async (url: unknown, init?: { method?: string; body?: unknown }): Promise<Response> => {
    const scripted = script[asked.length];
    const { pathname, search } = new URL(String(url));
    const body = typeof init?.body === 'string' ? JSON.parse(init.body) : null;
    asked.push({ method: init?.method ?? 'GET', path: `${pathname}${search}`, body, at: host.now().getTime() });
    if (scripted === undefined) throw new Error(`nobody expected ${init?.method} ${pathname}`);
    return answerWith(scripted);
  };
  const client = createForgeClient({
    apiUrl: 'https://github.test/api/v3',
    access: { token },
    repository: { owner: 'acme', name: 'penguins' },
    host,
    fetch: fetch as typeof globalThis.fetch,
  });
  return { client, asked };
}
