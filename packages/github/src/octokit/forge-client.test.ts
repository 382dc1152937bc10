import { describe, expect, it } from 'vitest';
import { testHost } from '../../../lifecycle/src/testing/registry-world.ts';
import { scriptedGithub } from '../testing/scripted-github.ts';
import { failureOf } from './forge-failure.ts';

const read = 'GET /repos/{owner}/{repo}';
const write = 'POST /repos/{owner}/{repo}/git/refs';
const ok = { status: 200, body: { full_name: 'acme/penguins' } };

async function problemOf(promise: Promise<unknown>): Promise<{ code: string; text: string; kind: string | undefined }> {
  const thrown = await promise.then(
    () => null,
    (error) => error,
  );
  const [problem] = thrown?.problems ?? [];
  return {
    code: problem?.code ?? String(thrown),
    text: `${problem?.message} ${problem?.remedy}`,
    kind: failureOf(thrown)?.kind,
  };
}

describe('a read', () => {
  it.each([
    { status: 502 },
    { status: 503 },
    { broken: 'reset' as const },
    { broken: 'refused' as const },
    { broken: 'half' as const },
    { broken: 'timeout' as const },
  ])('is asked again after %j', async (fault) => {
    const host = testHost();
    const { client, asked } = scriptedGithub([fault, fault, ok], host);
    expect((await client.request(read)).data.full_name).toBe('acme/penguins');
    expect(asked.map(({ at }) => at)).toEqual([...new Set(asked.map(({ at }) => at))]);
    expect(asked).toHaveLength(3);
  });

  it('is given up in the end, and says that GitHub did not answer', async () => {
    const { client, asked } = scriptedGithub(
      Array(9).fill({ status: 502, body: { message: 'Server Error' } }),
      testHost(),
    );
    expect(await problemOf(client.request(read))).toMatchObject({ code: 'forge-unreachable', kind: 'lost' });
    expect(asked).toHaveLength(6);
  });

  it('as a query is asked again too, also where the error is in the data', async () => {
    const errors = [{ message: 'Something went wrong while executing your query.' }];
    const good = { status: 200, body: { data: { viewer: { login: 'ana' } } } };
    const script = [{ status: 502 }, { status: 200, body: { data: null, errors } }, { broken: 'half' as const }, good];
    const { client, asked } = scriptedGithub(script, testHost());
    expect(await client.graphql('query Who { viewer { login } }')).toEqual({ viewer: { login: 'ana' } });
    expect(asked.map(({ path }) => path)).toEqual(Array(4).fill('/api/graphql'));
  });
});

describe('a write', () => {
  it.each([{ status: 502 }, { status: 500 }, { broken: 'reset' as const }, { broken: 'half' as const }])(
    'is never repeated after %j: it may have been done',
    async (fault) => {
      const { client, asked } = scriptedGithub([fault, { status: 201 }], testHost());
      expect(await problemOf(client.request(write, { ref: 'r', sha: 's' }))).toMatchObject({ kind: 'lost' });
      expect(asked).toHaveLength(1);
    },
  );

  it('as a mutation is not repeated either', async () => {
    const { client, asked } = scriptedGithub([{ status: 502 }, ok], testHost());
    expect(await problemOf(client.graphql('mutation Do { x }'))).toMatchObject({ kind: 'lost' });
    expect(asked).toHaveLength(1);
  });

  it('knows that a refused connection did nothing', async () => {
    const { client } = scriptedGithub([{ broken: 'refused' }], testHost());
    expect(await problemOf(client.request(write))).toMatchObject({ code: 'forge-unreachable', kind: 'unsent' });
  });
});

describe('a pause that GitHub asks for', () => {
  const secondary = {
    status: 403,
    headers: { 'retry-after': '60' },
    body: { message: 'You have exceeded a secondary rate limit' },
  };

  it('is kept, by other calls too, and what was refused is asked again', async () => {
    const host = testHost();
    const start = host.now().getTime();
    const { client, asked } = scriptedGithub([secondary, { status: 201 }, ok], host);
    await client.request(write);
    await client.request(read);
    expect(asked.map(({ at }) => at - start)).toEqual([0, 60_000, 60_000]);
  });

  it('is a minute where GitHub does not say how long', async () => {
    const host = testHost();
    const start = host.now().getTime();
    const plain = { status: 429, body: { message: 'slow down' } };
    const { client, asked } = scriptedGithub([plain, ok], host);
    await client.request(read);
    expect(asked[1]!.at - start).toBe(60_000);
  });

  it('that is too long is told with its end, and nobody calls until then', async () => {
    const host = testHost('2026-03-01T10:00:00Z');
    const reset = Date.parse('2026-03-01T10:50:00Z') / 1000;
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) };
    const { client, asked } = scriptedGithub(
      [{ status: 403, headers, body: { message: 'API rate limit exceeded' } }, ok],
      host,
    );
    const told = await problemOf(client.request(read));
    expect(told).toMatchObject({ code: 'forge-limit', kind: 'limit' });
    expect(told.text).toContain('2026-03-01T10:50:01Z');
    expect(await problemOf(client.request(read))).toMatchObject({ code: 'forge-limit' });
    expect(asked).toHaveLength(1);
    host.advance(51 * 60_000);
    await client.request(read);
    expect(asked).toHaveLength(2);
  });

  it('is waited for where it ends soon', async () => {
    const host = testHost('2026-03-01T10:00:00Z');
    const reset = String(Date.parse('2026-03-01T10:01:30Z') / 1000);
    const script = [{ status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset } }, ok];
    const { client } = scriptedGithub(script, host);
    await client.request(read);
    expect(host.now().toISOString()).toBe('2026-03-01T10:01:31.000Z');
  });

  it('is known in the data of a query', async () => {
    const limited = {
      status: 200,
      body: { data: null, errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] },
    };
    const { client, asked } = scriptedGithub([limited, { status: 200, body: { data: { a: 1 } } }], testHost());
    await client.graphql('query A { a }');
    expect(asked[1]!.at - asked[0]!.at).toBe(60_000);
  });
});

describe('a refusal', () => {
  it.each([
    [{ status: 401, body: { message: 'Bad credentials' } }, 'forge-credentials', 'expired'],
    [{ status: 404, body: { message: 'Not Found' } }, 'forge-not-found', 'acme/penguins'],
    [
      { status: 422, body: { message: 'Validation Failed', errors: [{ field: 'head', code: 'invalid' }] } },
      'forge-refused',
      'head invalid',
    ],
    [
      {
        status: 403,
        body: { message: 'Resource not accessible by integration' },
        headers: { 'x-accepted-github-permissions': 'pull_requests=write,contents=read; issues=write' },
      },
      'forge-permission',
      'permissions: { issues: write }',
    ],
    [
      {
        status: 403,
        body: { message: 'Resource not accessible by integration' },
        headers: { 'x-accepted-github-permissions': 'contents=write,workflows=write' },
      },
      'forge-workflow-files',
      'workflows: write',
    ],
    [{ status: 403, body: { message: 'Repository was archived so is read-only.' } }, 'forge-refused', 'archived'],
    [{ status: 409, body: { message: 'Git Repository is empty.' } }, 'forge-refused', 'empty'],
  ])('%j is %s', async (answer, code, words) => {
    const { client } = scriptedGithub([answer], testHost());
    const told = await problemOf(client.request(write));
    expect(told.code).toBe(code);
    expect(told.text).toContain(words);
  });

  it('in the data of a query names the permission that the caller knows', async () => {
    const errors = [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }];
    const { client } = scriptedGithub([{ status: 200, body: { data: { updateRefs: null }, errors } }], testHost());
    const told = await problemOf(client.graphql('mutation M { x }', {}, { needs: 'contents: write' }));
    expect(told.text).toContain('"contents: write"');
  });

  it('of what is not there leaves the rest of a query', async () => {
    const errors = [{ type: 'NOT_FOUND', path: ['repository', 'pullRequest'], message: 'no such number' }];
    const data = { repository: { pullRequest: null } };
    const { client } = scriptedGithub([{ status: 200, body: { data, errors } }], testHost());
    expect(await client.graphql('query P { x }')).toEqual(data);
  });

  it('of the repository itself is told', async () => {
    const errors = [{ type: 'NOT_FOUND', path: ['repository'], message: 'Could not resolve to a Repository' }];
    const { client } = scriptedGithub([{ status: 200, body: { data: { repository: null }, errors } }], testHost());
    expect(await problemOf(client.graphql('query P { x }'))).toMatchObject({ code: 'forge-not-found' });
  });

  it('never carries a token, a line break or a control character', async () => {
    const words = 'token ghp_secretsecretsecretsecret at https://x:hunter2hunter2@github.test\n::error::\u001b[31mno';
    const { client } = scriptedGithub([{ status: 422, body: { message: words } }], testHost());
    const { text } = await problemOf(client.request(write));
    expect(text).not.toMatch(/secretsecret|hunter2/);
    expect(text).not.toContain('\n');
    expect(text).not.toContain('\u001b');
  });
});
