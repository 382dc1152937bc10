import { describe, expect, it } from 'vitest';
import { listen, workOf } from './index.ts';
import type { Work } from './work.ts';

const repository = {
  name: 'fraud',
  full_name: 'acme/fraud',
  default_branch: 'trunk',
  html_url: 'https://github.example.com/acme/fraud',
};
const place = { owner: 'acme', name: 'fraud', installation: 5, defaultBranch: 'trunk', url: repository.html_url };
const common = { repository, installation: { id: 5 }, sender: { login: 'anna' } };
const sha = 'a'.repeat(40);

type Listener = (event: { id: string; payload: object }) => Promise<void>;

/** Delivers an event to the table as Probot does, and answers what it asked for. */
async function deliver(event: string, payload: object): Promise<readonly Work[]> {
  const listeners = new Map<string, Listener>();
  const asked: Work[] = [];
  const probot = {
    on(names: readonly string[], listener: Listener) {
      for (const name of names) listeners.set(name, listener);
    },
  };
  listen(probot as never, {
    own: 'model-gitops[bot]',
    add: async (work) => {
      asked.push(work);
    },
    onDefect: (_, thrown) => {
      throw thrown;
    },
  });
  await listeners.get(event)?.({ id: 'd-1', payload: { ...common, ...payload } });
  return asked;
}

const errandsOf = async (event: string, payload: object) => (await deliver(event, payload)).map(({ errand }) => errand);
const whole = [{ kind: 'repository' }];
const pull = (number: number, postOn: string | null = null) => [{ kind: 'pull-request', number, postOn }];
const pullRequest = (ref: string, more = {}) => ({ pull_request: { number: 7, head: { ref, sha }, ...more } });
const promotion = 'model-gitops/promote/fraud/production';
const queued = `refs/heads/gh-readonly-queue/trunk/pr-7-${sha}`;
const comment = (body: string, type = 'User') => ({
  issue: { number: 7 },
  comment: { id: 9, body, user: { login: 'anna', type } },
});

describe('which event leads to what', () => {
  it.each([
    ...['opened', 'synchronize', 'reopened', 'edited', 'ready_for_review'].map((action) => `pull_request.${action}`),
    ...['submitted', 'edited', 'dismissed'].map((action) => `pull_request_review.${action}`),
  ])('%s: that pull request', async (event) => {
    expect(await errandsOf(event, pullRequest('change'))).toEqual(pull(7));
  });

  it.each<[string, string, object, readonly object[]]>([
    ['a merge', 'pull_request.closed', pullRequest('change', { merged: true }), whole],
    ['a refusal', 'pull_request.closed', pullRequest(promotion, { merged: false }), pull(7)],
    ['any other end', 'pull_request.closed', pullRequest('change', { merged: false }), []],
    [
      'a merge group',
      'merge_group.checks_requested',
      { merge_group: { head_sha: sha, head_ref: queued } },
      pull(7, sha),
    ],
    [
      'a group we cannot read',
      'merge_group.checks_requested',
      { merge_group: { head_sha: sha, head_ref: 'x' } },
      whole,
    ],
    [
      'a check again',
      'check_run.rerequested',
      { check_run: { head_sha: sha, pull_requests: [{ number: 7 }] } },
      pull(7),
    ],
    ['a check of a fork', 'check_run.rerequested', { check_run: { head_sha: sha, pull_requests: [] } }, whole],
    [
      'a suite again',
      'check_suite.rerequested',
      { check_suite: { head_sha: sha, pull_requests: [{ number: 7 }] } },
      pull(7),
    ],
    [
      'a queued suite',
      'check_suite.rerequested',
      { check_suite: { head_sha: sha, head_branch: queued.slice(11) } },
      pull(7, sha),
    ],
    ['a push to the default branch', 'push', { ref: 'refs/heads/trunk' }, whole],
    ['a push to the ledger', 'push', { ref: 'refs/heads/model-gitops/ledger' }, whole],
    ['a push elsewhere', 'push', { ref: 'refs/heads/main' }, []],
    ['a version', 'create', { ref: 'fraud@v1.0.0', ref_type: 'tag' }, whole],
    ['another tag', 'create', { ref: 'v1.0.0', ref_type: 'tag' }, []],
    ['a branch', 'create', { ref: 'fraud@v1.0.0', ref_type: 'branch' }, []],
    ['talk', 'issue_comment.created', comment('Looks good to me\n/promote'), []],
    ['talk of a bot', 'issue_comment.created', comment('/promote', 'Bot'), []],
    ['an edited comment', 'issue_comment.edited', comment('/promote'), []],
  ])('%s', async (_, event, payload, expected) => {
    expect(await errandsOf(event, payload)).toEqual(expected);
  });

  it('a command: who gave it, and where', async () => {
    expect(await deliver('issue_comment.created', comment('/promote 1.4.0'))).toEqual([
      {
        place,
        errand: {
          kind: 'comment',
          number: 7,
          commentId: 9,
          author: { login: 'anna', isBot: false },
          body: '/promote 1.4.0',
        },
        isFresh: true,
        askedBy: ['d-1'],
      },
    ]);
  });

  it('reads the configuration again after a push to the default branch only', async () => {
    const isFresh = async (ref: string) => (await deliver('push', { ref })).map((work) => work.isFresh);
    expect(await isFresh('refs/heads/trunk')).toEqual([true]);
    expect(await isFresh('refs/heads/model-gitops/ledger')).toEqual([false]);
  });

  it('looks at each repository of an installation', async () => {
    const added = [
      { name: 'a', full_name: 'acme/a' },
      { name: 'b', full_name: 'acme/b' },
    ];
    const works = await deliver('installation_repositories.added', {
      repository: undefined,
      repositories_added: added,
    });
    expect(works.map(({ place: { name, defaultBranch } }) => [name, defaultBranch])).toEqual([
      ['a', null],
      ['b', null],
    ]);
    expect(await deliver('installation.created', { repository: undefined, repositories: added })).toHaveLength(2);
  });

  it('asks for nothing after what the app did itself, or without an installation', async () => {
    const own = { sender: { login: 'model-gitops[bot]' } };
    expect(await errandsOf('pull_request.opened', { ...pullRequest(promotion), ...own })).toEqual([]);
    expect(await errandsOf('push', { ref: 'refs/heads/trunk', installation: undefined })).toEqual([]);
    expect(workOf({ id: 'x', payload: {} }, { look: () => [], own: 'x' })).toEqual([]);
  });
});
