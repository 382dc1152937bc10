import { type AppKeys, type StandIn, startStandIn } from '@model-gitops/stand-in';
import { createAppAuth } from '@octokit/auth-app';
import { Octokit } from '@octokit/core';

const here = { owner: 'acme', repo: 'penguins' };
const retrain = 'on:\n  workflow_dispatch:\n    inputs:\n      model: { required: true, type: string }\njobs: {}\n';

interface Stage {
  readonly github: StandIn;
  readonly alice: Octokit;
  readonly bob: Octokit;
  /** The app in its installation. */
  readonly app: Octokit;
  /** The app by its own key. */
  readonly key: Octokit;
}

export interface Told {
  readonly event: string;
  readonly action: string | null;
  readonly payload: unknown;
}

function asApp(github: StandIn, { id, privateKey }: AppKeys, more: { readonly installationId?: number }): Octokit {
  return new Octokit({
    baseUrl: github.apiUrl,
    authStrategy: createAppAuth,
    auth: { appId: id, privateKey, ...more },
  });
}

const everyEvent = [
  'push',
  'create',
  'delete',
  'pull_request',
  'pull_request_review',
  'issues',
  'issue_comment',
  'check_run',
  'check_suite',
  'status',
  'release',
  'label',
  'workflow_dispatch',
  'repository_dispatch',
];

async function openStage(record: string): Promise<Stage> {
  const github = await startStandIn({ recordExchanges: record });
  await github.createRepository('acme/penguins');
  github.addCollaborator('acme/penguins', 'alice', 'admin');
  github.addCollaborator('acme/penguins', 'bob', 'write');
  const write = { contents: 'write', pull_requests: 'write', issues: 'write', checks: 'write' } as const;
  const keys = github.createApp({
    slug: 'gate',
    permissions: { ...write, statuses: 'write', actions: 'write', administration: 'read' },
    events: everyEvent,
    // nobody listens there: what is told is looked at, not delivered
    webhookUrl: `${github.url}/nobody`,
  });
  const installationId = github.install(keys, 'acme/penguins');
  const person = (login: string) => new Octokit({ baseUrl: github.apiUrl, auth: github.createToken(login) });
  return {
    github,
    alice: person('alice'),
    bob: person('bob'),
    app: asApp(github, keys, { installationId }),
    key: asApp(github, keys, {}),
  };
}

/** What is refused is an exchange too. */
async function refused(asked: Promise<unknown>): Promise<void> {
  await asked.then(
    () => {
      throw new Error('GitHub would have refused that');
    },
    () => undefined,
  );
}

async function commit(octokit: Octokit, path: string, content: string, parents: string[]): Promise<string> {
  const blob = await octokit.request('POST /repos/{owner}/{repo}/git/blobs', { ...here, content, encoding: 'utf-8' });
  const base = parents[0] === undefined ? {} : { base_tree: parents[0] };
  const tree = await octokit.request('POST /repos/{owner}/{repo}/git/trees', {
    ...here,
    ...base,
    tree: [{ path, mode: '100644', type: 'blob', sha: blob.data.sha }],
  });
  const author = { name: 'Bob', email: 'bob@example.com', date: '2026-01-02T03:04:05Z' };
  const made = await octokit.request('POST /repos/{owner}/{repo}/git/commits', {
    ...here,
    message: `Write ${path}\n`,
    tree: tree.data.sha,
    parents,
    author,
    committer: author,
  });
  return made.data.sha;
}

async function playGit({ bob }: Stage): Promise<{ readonly base: string; readonly head: string }> {
  const refs = 'POST /repos/{owner}/{repo}/git/refs';
  const root = await commit(bob, 'README.md', 'Penguins\n', []);
  await bob.request(refs, { ...here, ref: 'refs/heads/main', sha: root });
  const base = await commit(bob, '.github/workflows/retrain.yml', retrain, [root]);
  await bob.request('PATCH /repos/{owner}/{repo}/git/refs/{ref}', { ...here, ref: 'heads/main', sha: base });
  const head = await commit(bob, 'registry/penguins/production.yaml', 'version: 1.0.0\n', [base]);
  await bob.request(refs, { ...here, ref: 'refs/heads/promote', sha: head });
  await refused(bob.request(refs, { ...here, ref: 'refs/heads/promote', sha: head }));
  const tag = await bob.request('POST /repos/{owner}/{repo}/git/tags', {
    ...here,
    tag: 'penguins@v1.0.0',
    message: 'penguins 1.0.0\n',
    object: base,
    type: 'commit',
    tagger: { name: 'Bob', email: 'bob@example.com', date: '2026-01-02T03:04:05Z' },
  });
  await bob.request(refs, { ...here, ref: 'refs/tags/penguins@v1.0.0', sha: tag.data.sha });
  await bob.request(refs, { ...here, ref: 'refs/heads/gone', sha: base });
  await bob.request('DELETE /repos/{owner}/{repo}/git/refs/{ref}', { ...here, ref: 'heads/gone' });
  return { base, head };
}

async function readGit({ bob }: Stage, { base, head }: { readonly base: string; readonly head: string }) {
  await bob.request('GET /repos/{owner}/{repo}', here);
  await bob.request('GET /repos/{owner}/{repo}/branches', here);
  await bob.request('GET /repos/{owner}/{repo}/branches/{branch}', { ...here, branch: 'main' });
  await bob.request('GET /repos/{owner}/{repo}/git/ref/{ref}', { ...here, ref: 'tags/penguins@v1.0.0' });
  await refused(bob.request('GET /repos/{owner}/{repo}/git/ref/{ref}', { ...here, ref: 'heads/none' }));
  const refs = await bob.request('GET /repos/{owner}/{repo}/git/matching-refs/{ref}', { ...here, ref: 'tags/' });
  await bob.request('GET /repos/{owner}/{repo}/git/tags/{tag_sha}', {
    ...here,
    tag_sha: refs.data[0]?.object.sha ?? '',
  });
  const whole = { ...here, tree_sha: head, recursive: '1' };
  const tree = await bob.request('GET /repos/{owner}/{repo}/git/trees/{tree_sha}', whole);
  const file = tree.data.tree.find(({ type }) => type === 'blob');
  await bob.request('GET /repos/{owner}/{repo}/git/blobs/{file_sha}', { ...here, file_sha: file?.sha ?? '' });
  await bob.request('GET /repos/{owner}/{repo}/git/commits/{commit_sha}', { ...here, commit_sha: head });
  await bob.request('GET /repos/{owner}/{repo}/commits', { ...here, sha: 'main', per_page: 10 });
  await bob.request('GET /repos/{owner}/{repo}/commits/{ref}', { ...here, ref: head });
  await bob.request('GET /repos/{owner}/{repo}/compare/{basehead}', { ...here, basehead: `${base}...${head}` });
  await bob.request('GET /repos/{owner}/{repo}/activity', { ...here, ref: 'refs/heads/main' });
  await bob.request('GET /repos/{owner}/{repo}/collaborators', here);
  await bob.request('GET /repos/{owner}/{repo}/collaborators/{username}', { ...here, username: 'bob' });
  const permission = 'GET /repos/{owner}/{repo}/collaborators/{username}/permission';
  await bob.request(permission, { ...here, username: 'alice' });
  await refused(bob.request(permission, { ...here, username: 'stranger' }));
}

async function playContents({ bob }: Stage): Promise<void> {
  const file = { ...here, path: 'docs/notes.md', branch: 'main' };
  const route = 'PUT /repos/{owner}/{repo}/contents/{path}';
  const made = await bob.request(route, { ...file, message: 'Add notes', content: btoa('One\n') });
  const sha = made.data.content?.sha ?? '';
  await refused(bob.request(route, { ...file, message: 'Again', content: btoa('Two\n') }));
  await bob.request('GET /repos/{owner}/{repo}/contents/{path}', { ...here, path: 'docs' });
  await bob.request('GET /repos/{owner}/{repo}/contents/{path}', { ...here, path: 'docs/notes.md' });
  await bob.request('DELETE /repos/{owner}/{repo}/contents/{path}', { ...file, message: 'Remove notes', sha });
}

async function playPullRequest(stage: Stage, head: string): Promise<number> {
  const { alice, bob, app } = stage;
  const asked = { ...here, title: 'Promote', head: 'promote', base: 'main', body: 'Please' };
  const { data } = await app.request('POST /repos/{owner}/{repo}/pulls', asked);
  await refused(app.request('POST /repos/{owner}/{repo}/pulls', asked));
  const pull = { ...here, pull_number: data.number };
  const issue = { ...here, issue_number: data.number };
  await app.request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', { ...pull, title: 'Promote penguins' });
  await app.request('POST /repos/{owner}/{repo}/issues/{issue_number}/labels', { ...issue, labels: ['promotion'] });
  await bob.request('GET /repos/{owner}/{repo}/issues/{issue_number}/labels', issue);
  await bob.request('DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}', {
    ...issue,
    name: 'promotion',
  });
  await bob.request('GET /repos/{owner}/{repo}/pulls', { ...here, state: 'all', head: 'acme:promote' });
  await bob.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', pull);
  await bob.request('GET /repos/{owner}/{repo}/pulls/{pull_number}/files', pull);
  await bob.request('GET /repos/{owner}/{repo}/pulls/{pull_number}/commits', pull);
  await playChecks(stage, head);
  await bob.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers', {
    ...pull,
    reviewers: ['alice'],
  });
  const reviews = 'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews';
  await refused(app.request(reviews, { ...pull, event: 'APPROVE' }));
  await bob.request(reviews, { ...pull, event: 'COMMENT', body: 'I asked for it' });
  await alice.request(reviews, { ...pull, event: 'APPROVE', commit_id: head });
  await bob.request('GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews', pull);
  const merge = 'PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge';
  await refused(alice.request(merge, { ...pull, sha: '0'.repeat(40) }));
  const merged = await alice.request(merge, { ...pull, merge_method: 'merge', sha: head });
  await refused(alice.request(merge, pull));
  await bob.request('GET /repos/{owner}/{repo}/pulls/{pull_number}/merge', pull);
  await bob.request('GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls', {
    ...here,
    commit_sha: merged.data.sha,
  });
  return data.number;
}

async function playChecks({ bob, app }: Stage, head: string): Promise<void> {
  const output = { title: 'Waiting', summary: 'One approval is missing' };
  const check = { name: 'gate', head_sha: head, status: 'completed', output } as const;
  const run = await app.request('POST /repos/{owner}/{repo}/check-runs', { ...here, ...check, conclusion: 'failure' });
  await app.request('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
    ...here,
    check_run_id: run.data.id,
    status: 'completed',
    conclusion: 'success',
    output: { title: 'Fine', summary: 'Ready to merge' },
  });
  await bob.request('GET /repos/{owner}/{repo}/check-runs/{check_run_id}', { ...here, check_run_id: run.data.id });
  await bob.request('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', { ...here, ref: head, check_name: 'gate' });
  await bob.request('GET /repos/{owner}/{repo}/commits/{ref}/check-suites', { ...here, ref: head });
  await refused(bob.request('POST /repos/{owner}/{repo}/check-runs', { ...here, ...check, conclusion: 'success' }));
  const status = { ...here, sha: head, state: 'success', context: 'gate', description: 'Fine' } as const;
  await bob.request('POST /repos/{owner}/{repo}/statuses/{sha}', status);
  await bob.request('GET /repos/{owner}/{repo}/commits/{ref}/status', { ...here, ref: head });
  await bob.request('GET /repos/{owner}/{repo}/commits/{ref}/statuses', { ...here, ref: head });
}

async function playDiscussion({ bob, app }: Stage): Promise<void> {
  const { data } = await app.request('POST /repos/{owner}/{repo}/issues', {
    ...here,
    title: 'It drifts',
    body: 'See',
    labels: ['drift'],
  });
  const issue = { ...here, issue_number: data.number };
  const comments = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
  const comment = await bob.request(comments, { ...issue, body: '/retrain' });
  await refused(bob.request(comments, { ...issue, body: 'x'.repeat(65_537) }));
  const one = { ...here, comment_id: comment.data.id };
  const react = 'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions';
  await app.request(react, { ...one, content: 'eyes' });
  await app.request(react, { ...one, content: 'eyes' });
  await app.request('GET /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions', one);
  await bob.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', { ...one, body: '/retrain now' });
  await app.request('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', { ...issue, per_page: 100 });
  await app.request('GET /repos/{owner}/{repo}/issues/comments/{comment_id}', one);
  await bob.request('GET /repos/{owner}/{repo}/issues', { ...here, state: 'all', labels: 'drift' });
  await app.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
    ...issue,
    state: 'closed',
    state_reason: 'completed',
  });
  await bob.request('GET /repos/{owner}/{repo}/issues/{issue_number}', issue);
  await bob.request('GET /repos/{owner}/{repo}/labels', here);
  await app.request('POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches', {
    ...here,
    workflow_id: 'retrain.yml',
    ref: 'main',
    inputs: { model: 'penguins' },
  });
  await app.request('POST /repos/{owner}/{repo}/dispatches', { ...here, event_type: 'drift', client_payload: {} });
}

async function playRelease({ app, bob }: Stage): Promise<void> {
  const { data } = await app.request('POST /repos/{owner}/{repo}/releases', {
    ...here,
    tag_name: 'draft-1',
    name: 'penguins',
    body: 'Bytes',
    draft: true,
  });
  const release = { ...here, release_id: data.id };
  const asset = (name: string) =>
    app.request({
      method: 'POST',
      url: data.upload_url,
      name,
      data: 'the bytes of a model',
      headers: { 'content-type': 'application/octet-stream' },
    });
  const uploaded = await asset('model.onnx');
  await refused(asset('model.onnx'));
  await app.request('GET /repos/{owner}/{repo}/releases', { ...here, per_page: 100 });
  await app.request('GET /repos/{owner}/{repo}/releases/{release_id}', release);
  await app.request('GET /repos/{owner}/{repo}/releases/{release_id}/assets', release);
  await app.request('PATCH /repos/{owner}/{repo}/releases/{release_id}', {
    ...release,
    tag_name: 'penguins@v1.0.0',
    draft: false,
    make_latest: 'false',
  });
  await bob.request('GET /repos/{owner}/{repo}/releases/tags/{tag}', { ...here, tag: 'penguins@v1.0.0' });
  const one = { ...here, asset_id: uploaded.data.id };
  await bob.request('GET /repos/{owner}/{repo}/releases/assets/{asset_id}', one);
  await bob.request('GET /repos/{owner}/{repo}/releases/assets/{asset_id}', {
    ...one,
    headers: { accept: 'application/octet-stream' },
  });
  await app.request('DELETE /repos/{owner}/{repo}/releases/assets/{asset_id}', one);
  await app.request('DELETE /repos/{owner}/{repo}/releases/{release_id}', release);
}

async function playApp({ key, app }: Stage): Promise<void> {
  await key.request('GET /app');
  await key.request('GET /app/installations');
  await key.request('GET /repos/{owner}/{repo}/installation', here);
  await app.request('GET /installation/repositories');
  await app.request('GET /rate_limit');
  await app.request('GET /users/{username}', { username: 'gate[bot]' });
}

/** A promotion from the first commit to the release, with all that is read and refused on the way; what was told meanwhile. */
export async function playStory(record: string): Promise<readonly Told[]> {
  const stage = await openStage(record);
  try {
    await playApp(stage);
    const commits = await playGit(stage);
    await readGit(stage, commits);
    await playContents(stage);
    await playPullRequest(stage, commits.head);
    await playDiscussion(stage);
    await playRelease(stage);
    await stage.github.webhooks.settled();
    return stage.github.state.deliveries.map(({ event, action, payload }) => ({ event, action, payload }));
  } finally {
    await stage.github.close();
  }
}
