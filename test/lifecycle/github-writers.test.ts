import { githubGitStore } from '@model-gitops/github';
import { appendEvents, ProblemError, type RegistryWithStore, readLedger, registerModel } from '@model-gitops/lifecycle';
import type { LedgerEvent } from '@model-gitops/registry';
import { expect, it } from 'vitest';
import { type GithubRepository, githubRepositories } from '../contracts/github-repository.ts';
import { git } from '../contracts/scratch-git.ts';
import { requestFor } from './registry-writer.ts';

const openRepository = githubRepositories();
const writerCount = 16;
const ledger = 'refs/heads/model-gitops/ledger';

/** A writer with a client of its own: nothing is shared but GitHub. Waits are a tenth of the real ones. */
function openWriter({ client }: GithubRepository): RegistryWithStore {
  const host = {
    now: () => new Date(),
    elapsedMs: () => performance.now(),
    sleep: (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds / 10)),
    random: Math.random,
  };
  return {
    git: githubGitStore(client({ host }).client),
    folder: 'registry',
    defaultBranch: 'trunk',
    host,
    identity: { name: 'Ana', email: 'ana@example.com' },
    store: {
      has: async () => true,
      put: async ({ sha256 }) => ({ uri: `dir:${sha256}` }),
      fetch: async (sha256, path) => ({ path, sha256, size: 1 }),
      seal: async () => undefined,
    },
  };
}

const eventOf = (name: string): LedgerEvent => ({
  schema: 'model-gitops/event/1',
  kind: 'run-recorded',
  id: `run-recorded-${name}`,
  model: 'fraud',
  at: '2026-03-01T10:00:00Z',
  key: name,
  run: { id: name, key: name },
});

/** What was written, or null where the writer was told that others were always quicker. */
async function unlessContended<Answer>(write: () => Promise<Answer>): Promise<Answer | null> {
  try {
    return await write();
  } catch (thrown) {
    if (thrown instanceof ProblemError && thrown.problems[0]?.code === 'contention') return null;
    throw thrown;
  }
}

const everybody = <Answer>(act: (index: number) => Promise<Answer>) =>
  Promise.all(Array.from({ length: writerCount }, (_, index) => act(index)));

it(`${writerCount} writers register at once: each has its version, or was told that it has none`, async () => {
  const repository = await openRepository();
  const answers = await everybody((index) =>
    unlessContended(() =>
      registerModel(requestFor(repository.head, 'fraud', `bytes ${index}`), openWriter(repository)),
    ),
  );
  const versions = answers.flatMap((answer) => answer?.version ?? []);
  expect(answers.every((answer) => answer === null || answer.created)).toBe(true);
  expect(new Set(versions).size).toBe(versions.length);
  expect(versions.length).toBeGreaterThan(0);
  const tags = git(repository.folder, 'tag', '--list').split('\n');
  for (const version of versions) expect(tags).toContain(`fraud@v${version}`);
  const { events } = await readLedger(openWriter(repository).git, 'fraud');
  const witnessed = events.flatMap((event) => (event.kind === 'registered' ? [event.version] : []));
  for (const version of versions) expect(witnessed).toContain(version);
  expect(git(repository.folder, 'rev-list', '--merges', '--count', ledger)).toBe('0');
}, 180_000);

it(`${writerCount} writers append at once: every event that was accepted is there, once`, async () => {
  const repository = await openRepository();
  const answers = await everybody((index) =>
    unlessContended(() => appendEvents([eventOf(`w${index}-a`), eventOf(`w${index}-b`)], openWriter(repository))),
  );
  const accepted = answers.flatMap((answer) => answer?.written.map(({ id }) => id) ?? []);
  const { events, problems } = await readLedger(openWriter(repository).git, null);
  expect(problems).toEqual([]);
  expect(events.map(({ id }) => id).toSorted()).toEqual(accepted.toSorted());
  const commits = answers.filter((answer) => answer !== null).length;
  expect(git(repository.folder, 'rev-list', '--count', ledger)).toBe(String(commits));
  git(repository.folder, 'fsck', '--strict');
}, 180_000);

it(`${writerCount} writers of one version with the same bytes: one makes it, the others find it`, async () => {
  const repository = await openRepository();
  const answers = await everybody(() =>
    registerModel(requestFor(repository.head, 'fraud', 'the same bytes'), openWriter(repository)),
  );
  expect(new Set(answers.map(({ version }) => version))).toEqual(new Set(['1.0.0']));
  expect(answers.filter(({ created }) => created)).toHaveLength(1);
  expect(git(repository.folder, 'tag', '--list')).toBe('fraud@v1.0.0');
  const { events } = await readLedger(openWriter(repository).git, 'fraud');
  expect(events.map(({ id }) => id)).toEqual(['registered-1.0.0']);
}, 180_000);
