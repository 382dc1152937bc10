import type { AppKeys } from '@model-gitops/stand-in';
import { createAppAuth } from '@octokit/auth-app';
import { Octokit } from '@octokit/core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { commitFiles, createRef, type Story, startStory, statusOf } from './story.ts';

let story: Story;
beforeEach(async () => {
  story = await startStory();
});
afterEach(() => story.github.close());

interface Answer {
  readonly data?: Record<string, never> | null;
  readonly errors?: readonly { readonly type?: string; readonly message: string; readonly path?: readonly string[] }[];
}

/** A query as it is sent, without the library that throws what is wrong. */
async function ask(query: string, variables: Record<string, unknown> = {}, token = story.github.createToken('bob')) {
  const answer = await fetch(`${story.github.url}/api/graphql`, {
    method: 'POST',
    headers: { authorization: `bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Answer;
}
/** An app's client, in its installation. */
function installed(keys: AppKeys): Octokit {
  const installationId = story.github.install(keys, 'acme/penguins');
  const auth = { appId: keys.id, privateKey: keys.privateKey, installationId };
  return new Octokit({ baseUrl: story.github.apiUrl, authStrategy: createAppAuth, auth });
}
const inRepository = (fields: string) => `{ repository(owner: "acme", name: "penguins") { ${fields} } }`;
const read = async (fields: string, token?: string) => {
  const { data, errors } = await ask(inRepository(fields), {}, token);
  expect(errors).toBeUndefined();
  return (data as unknown as { repository: Record<string, unknown> }).repository;
};

it('refuses nobody, no query, and what is no query', async () => {
  const url = `${story.github.url}/api/graphql`;
  expect((await fetch(url, { method: 'POST', body: '{"query":"{viewer{login}}"}' })).status).toBe(401);
  const headers = { authorization: `bearer ${story.github.createToken('bob')}` };
  expect((await fetch(url, { method: 'POST', headers, body: '{' })).status).toBe(400);
  expect((await fetch(url, { method: 'POST', headers, body: '{"q":1}' })).status).toBe(400);
  const { data, errors } = await ask('{ repository(owner: "acme"');
  expect(data).toBeUndefined();
  expect(errors).toMatchObject([{ message: expect.stringContaining('Syntax Error') }]);
});

it("holds queries to GitHub's schema, and names a field that it does not answer", async () => {
  const unknown = await ask(inRepository('nonsense'));
  expect(unknown).toEqual({
    errors: [{ locations: expect.anything(), message: expect.stringContaining('"nonsense"') }],
  });
  const unanswered = await ask(inRepository('name stargazerCount'));
  expect(unanswered.errors).toMatchObject([{ type: 'STAND_IN', message: expect.stringContaining('stargazerCount') }]);
});

it('answers what is not there, or may not be seen, by null and an error of type NOT_FOUND', async () => {
  const { data, errors } = await ask('{ repository(owner: "acme", name: "seals") { id } }');
  expect(data).toEqual({ repository: null });
  expect(errors).toMatchObject([
    { type: 'NOT_FOUND', path: ['repository'], message: expect.stringContaining("'acme/seals'") },
  ]);
  await story.github.createRepository('acme/seals', { private: true });
  expect((await ask('{ repository(owner: "acme", name: "seals") { id } }')).errors?.[0]?.type).toBe('NOT_FOUND');
  const pull = await ask(inRepository('pullRequest(number: 99) { id }'));
  expect(pull).toMatchObject({
    data: { repository: { pullRequest: null } },
    errors: [{ type: 'NOT_FOUND', path: ['repository', 'pullRequest'] }],
  });
});

it('lets a token read only what it was given', async () => {
  await story.github.createRepository('acme/seals', { private: true });
  const token = story.github.workflowToken('acme/seals', { contents: 'read' });
  const query = `{ repository(owner: "acme", name: "seals") { object(expression: "main") { oid } pullRequests(first: 1) { totalCount } } }`;
  expect((await ask(query, {}, token)).errors).toMatchObject([
    { type: 'FORBIDDEN', message: 'Resource not accessible by integration', path: ['repository', 'pullRequests'] },
  ]);
});

it('reads Git objects of every kind', async () => {
  const { base, head } = story;
  const bob = story.person('bob');
  const tag = await bob.request('POST /repos/{owner}/{repo}/git/tags', {
    ...story.repository,
    tag: 'v1',
    message: 'One\n',
    object: head,
    type: 'commit',
  });
  await createRef(bob, 'refs/tags/v1', tag.data.sha);
  const found = await read(`
    id
    commit: object(oid: "${head}") { ... on Commit {
      oid message author { name email date user { login } } committer { user { login } } tree { oid }
      parents(first: 10) { nodes { oid } } file(path: "bill.md") { oid name type mode path object { ... on Blob { text } } }
      nothing: file(path: "none/at/all") { oid }
    } }
    tree: object(expression: "feature:") { __typename oid ... on Tree { entries { name oid type mode } } }
    blob: object(expression: "${base}:README.md") { ... on Blob { text isBinary isTruncated byteSize } }
    tag: object(oid: "${tag.data.sha}") { ... on Tag { name message tagger { name } target { oid __typename } } }
    gone: object(oid: "${'0'.repeat(40)}") { oid }
    beside: object(expression: "main:none") { oid }
  `);
  expect(found).toMatchObject({
    commit: {
      oid: head,
      message: 'A change',
      author: { name: 'bob', user: { login: 'bob' } },
      committer: { user: { login: 'web-flow' } },
      parents: { nodes: [{ oid: base }] },
      file: { name: 'bill.md', type: 'blob', mode: 0o100644, path: 'bill.md', object: { text: 'Long\n' } },
      nothing: null,
    },
    tree: { __typename: 'Tree', entries: [{ name: 'README.md' }, { name: 'bill.md', type: 'blob' }] },
    blob: { text: 'Penguins\n', isBinary: false, isTruncated: false, byteSize: 9 },
    tag: { name: 'v1', tagger: { name: 'bob' }, target: { oid: head, __typename: 'Commit' } },
    gone: null,
    beside: null,
  });
});

it('cuts long texts and gives no text of what looks binary', async () => {
  const bob = story.person('bob');
  const long = 'x'.repeat(600_000);
  const commit = await commitFiles(bob, { 'long.txt': long, 'binary.dat': 'a\u0000b' }, [story.base]);
  const found = await read(`
    long: object(expression: "${commit}:long.txt") { ... on Blob { text isTruncated } }
    binary: object(expression: "${commit}:binary.dat") { ... on Blob { text isBinary } }
  `);
  expect(found).toMatchObject({ long: { isTruncated: true }, binary: { text: null, isBinary: true } });
  expect((found.long as { text: string }).text.length).toBeLessThan(long.length);
});

it('pages a history, all of it or that of a path', async () => {
  const bob = story.person('bob');
  let tip = story.head;
  for (const text of ['1', '2', '3']) tip = await commitFiles(bob, { 'count.txt': text }, [tip]);
  const query = `query($oid: GitObjectID!, $after: String, $path: String) {
    repository(owner: "acme", name: "penguins") { object(oid: $oid) { ... on Commit {
      history(first: 2, after: $after, path: $path) { totalCount nodes { oid file(path: "count.txt") { oid } } pageInfo { hasNextPage endCursor } }
    } } } }`;
  interface History {
    readonly totalCount: number;
    readonly nodes: readonly { readonly oid: string }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  }
  const page = async (after: string | null, path: string | null) => {
    const { data } = await ask(query, { oid: tip, after, path });
    return (data as unknown as { repository: { object: { history: History } } }).repository.object.history;
  };
  const ids: string[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const { nodes, pageInfo } = await page(after, null);
    ids.push(...nodes.map(({ oid }) => oid));
    [after, more] = [pageInfo.endCursor, pageInfo.hasNextPage];
  }
  expect(ids).toHaveLength(5);
  expect([ids[0], ids[3], ids[4]]).toEqual([tip, story.head, story.base]);
  expect(await page(null, 'bill.md')).toMatchObject({ totalCount: 1, nodes: [{ oid: story.head }] });
});

it('lists refs by prefix and finds one by its name', async () => {
  const found = await read(`
    defaultBranchRef { name target { oid } }
    refs(refPrefix: "refs/heads/", first: 1) { totalCount nodes { name prefix } pageInfo { hasNextPage } }
    some: refs(refPrefix: "refs/heads/", query: "feat", first: 10) { nodes { name target { oid } } }
    whole: ref(qualifiedName: "refs/heads/main") { name target { oid } }
    short: ref(qualifiedName: "feature") { name }
    none: ref(qualifiedName: "refs/heads/none") { name }
  `);
  expect(found).toEqual({
    defaultBranchRef: { name: 'main', target: { oid: story.base } },
    refs: { totalCount: 2, nodes: [{ name: 'feature', prefix: 'refs/heads/' }], pageInfo: { hasNextPage: true } },
    some: { nodes: [{ name: 'feature', target: { oid: story.head } }] },
    whole: { name: 'main', target: { oid: story.base } },
    short: { name: 'feature' },
    none: null,
  });
});

it('tells a pull request with all its facts in one call', async () => {
  const { github, repository, base, head } = story;
  const gate = github.createApp({ slug: 'gate', permissions: { checks: 'write', pull_requests: 'write' }, events: [] });
  const app = installed(gate);
  await story.person('alice').request('POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
    ...repository,
    pull_number: 1,
    event: 'APPROVE',
  });
  const check = { name: 'gate', status: 'completed', conclusion: 'success' } as const;
  const output = { title: 'Fine', summary: 'All of it' };
  const run = await app.request('POST /repos/{owner}/{repo}/check-runs', {
    ...repository,
    ...check,
    head_sha: head,
    output,
  });
  await story.person('bob').request('POST /repos/{owner}/{repo}/issues/{issue_number}/labels', {
    ...repository,
    issue_number: 1,
    labels: ['big'],
  });
  const { pullRequest } = await read(`
    pullRequest(number: 1) {
      number title body state isDraft url isCrossRepository headRefName headRefOid headRepository { nameWithOwner }
      baseRefName author { login __typename } merged mergedAt closedAt mergeCommit { oid } mergedBy { login }
      files(first: 100) { nodes { path changeType } pageInfo { hasNextPage } }
      reviews(first: 100) { nodes { state submittedAt author { login __typename } commit { oid } } }
      labels(first: 100) { nodes { name } }
      commits(first: 100) { nodes { commit { oid authors(first: 10) { nodes { user { login } name } } committer { user { login } } } } }
      last: commits(last: 1) { nodes { commit {
        checkSuites(first: 10, filterBy: { appId: ${gate.id} }) { nodes { app { databaseId slug } checkRuns(first: 10, filterBy: { checkName: "gate" }) { nodes { databaseId name status conclusion title summary } } } }
        none: checkSuites(first: 10, filterBy: { appId: 1 }) { totalCount }
        status { state }
        statusCheckRollup { state contexts(first: 10) { nodes { __typename } } }
      } } }
    }
  `);
  expect(pullRequest).toMatchObject({
    number: 1,
    title: 'Bills',
    body: 'Longer bills',
    state: 'OPEN',
    isDraft: false,
    isCrossRepository: false,
    headRefName: 'feature',
    headRefOid: head,
    headRepository: { nameWithOwner: 'acme/penguins' },
    baseRefName: 'main',
    author: { login: 'bob', __typename: 'User' },
    merged: false,
    mergeCommit: null,
    mergedBy: null,
    files: { nodes: [{ path: 'bill.md', changeType: 'ADDED' }], pageInfo: { hasNextPage: false } },
    reviews: { nodes: [{ state: 'APPROVED', author: { login: 'alice' }, commit: { oid: head } }] },
    labels: { nodes: [{ name: 'big' }] },
    commits: { nodes: [{ commit: { oid: head, authors: { nodes: [{ user: { login: 'bob' } }] } } }] },
    last: {
      nodes: [
        {
          commit: {
            checkSuites: {
              nodes: [
                {
                  app: { databaseId: gate.id, slug: 'gate' },
                  checkRuns: {
                    nodes: [
                      {
                        databaseId: run.data.id,
                        name: 'gate',
                        status: 'COMPLETED',
                        conclusion: 'SUCCESS',
                        ...output,
                      },
                    ],
                  },
                },
              ],
            },
            none: { totalCount: 0 },
            status: null,
            statusCheckRollup: { state: 'SUCCESS', contexts: { nodes: [{ __typename: 'CheckRun' }] } },
          },
        },
      ],
    },
  });
  expect(base).not.toBe(head);
});

it('finds pull requests by branch and state, and those that brought a commit', async () => {
  const { repository } = story;
  const merged = await story.person('alice').request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', {
    ...repository,
    pull_number: 1,
  });
  const found = await read(`
    open: pullRequests(states: [OPEN], first: 10) { totalCount }
    mine: pullRequests(headRefName: "feature", states: [MERGED], first: 10, orderBy: { field: CREATED_AT, direction: DESC }) {
      nodes { number state merged mergeCommit { oid } mergedBy { login __typename } mergedAt closedAt } }
    object(oid: "${merged.data.sha}") { ... on Commit { associatedPullRequests(first: 10) { nodes { number } } } }
  `);
  expect(found).toMatchObject({
    open: { totalCount: 0 },
    mine: {
      nodes: [
        {
          number: 1,
          state: 'MERGED',
          merged: true,
          mergeCommit: { oid: merged.data.sha },
          mergedBy: { login: 'alice', __typename: 'User' },
          mergedAt: expect.any(String),
          closedAt: expect.any(String),
        },
      ],
    },
    object: { associatedPullRequests: { nodes: [{ number: 1 }] } },
  });
});

it('names bots without their ending, but as authors of commits with it', async () => {
  const { github, repository, base } = story;
  const keys = github.createApp({
    slug: 'gate',
    permissions: { contents: 'write', pull_requests: 'write' },
    events: [],
  });
  const app = installed(keys);
  await createRef(app, 'refs/heads/bot', await commitFiles(app, { 'bot.md': 'x' }, [base]));
  await app.request('POST /repos/{owner}/{repo}/pulls', { ...repository, title: 'Bot', head: 'bot', base: 'main' });
  const { pullRequest } = await read(
    'pullRequest(number: 2) { author { login __typename } commits(first: 1) { nodes { commit { author { user { login } } } } } }',
  );
  expect(pullRequest).toEqual({
    author: { login: 'gate', __typename: 'Bot' },
    commits: { nodes: [{ commit: { author: { user: { login: 'gate[bot]' } } } }] },
  });
});

it('bounds pages and whole queries', async () => {
  const unbounded = await ask(inRepository('refs(refPrefix: "refs/heads/") { nodes { name } }'));
  expect(unbounded.errors).toMatchObject([{ type: 'MISSING_PAGINATION_BOUNDARIES', path: ['repository', 'refs'] }]);
  const excessive = await ask(inRepository('refs(refPrefix: "refs/heads/", first: 101) { nodes { name } }'));
  expect(excessive.errors).toMatchObject([{ type: 'EXCESSIVE_PAGINATION' }]);
  const deep = await ask(
    inRepository(
      'pullRequests(first: 100) { nodes { commits(first: 100) { nodes { commit { authors(first: 100) { nodes { name } } } } } } }',
    ),
  );
  expect(deep).toEqual({
    errors: [{ type: 'MAX_NODE_LIMIT_EXCEEDED', message: expect.stringContaining('1,010,100 possible nodes') }],
  });
});

const move = 'mutation($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }';

it('moves refs only from where they are expected to be, all or none', async () => {
  const { base, head } = story;
  const { id } = (await read('id')) as { id: string };
  const other = await commitFiles(story.person('bob'), { 'x.md': 'x' }, [base]);
  const update = (...refUpdates: Record<string, unknown>[]) => ask(move, { input: { repositoryId: id, refUpdates } });
  const tips = async () => {
    const { refs } = await read('refs(refPrefix: "refs/heads/", first: 10) { nodes { name target { oid } } }');
    const { nodes } = refs as { nodes: readonly { name: string; target: { oid: string } }[] };
    return Object.fromEntries(nodes.map(({ name, target }) => [name, target.oid]));
  };
  const feature = { name: 'refs/heads/feature', beforeOid: head };
  expect((await update({ ...feature, afterOid: other })).errors?.[0]).toMatchObject({ type: 'UNPROCESSABLE' });
  expect((await update({ ...feature, beforeOid: base, afterOid: other, force: true })).errors).toHaveLength(1);
  const created = { name: 'refs/heads/new', beforeOid: '0'.repeat(40), afterOid: other };
  expect((await update(created, { ...feature, beforeOid: base, afterOid: other, force: true })).errors).toHaveLength(1);
  expect(await tips()).toEqual({ main: base, feature: head });
  expect((await update(created, { ...feature, afterOid: other, force: true })).errors).toBeUndefined();
  expect(await tips()).toEqual({ main: base, feature: other, new: other });
  expect((await update({ ...created, beforeOid: other, afterOid: '0'.repeat(40) })).errors).toBeUndefined();
  expect(await tips()).toEqual({ main: base, feature: other });
  const reader = await ask(move, { input: { repositoryId: id, refUpdates: [] } }, story.github.createToken('carol'));
  expect(reader.errors).toMatchObject([{ type: 'FORBIDDEN' }]);
  expect(await statusOf(story.person('bob').request('GET /repos/{owner}/{repo}', story.repository))).toBe(200);
});
