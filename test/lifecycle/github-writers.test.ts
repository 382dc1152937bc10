import { appendEvents, ProblemError, type RegistryWithStore, readLedger, registerModel } from '@model-gitops/lifecycle';
import { expect, it } from 'vitest';
import {
  type GithubRepository,
  githubRepositories,
  hastyHost,
  openWriter,
  recordedRun,
} from '../contracts/github-repository.ts';
import { git } from '../contracts/scratch-git.ts';
import { requestFor } from './registry-writer.ts';

const openRepository = githubRepositories();
const writerCount = 16;
const ledger = 'refs/heads/model-gitops/ledger';

/** A writer with a client of its own: nothing is shared but GitHub. Waits are a tenth of the real ones. */
function newWriter({ client }: GithubRepository): RegistryWithStore {
  const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds / 10));
  return openWriter(client({ host: { ...hastyHost, sleep } }).client);
}

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
    unlessContended(() => registerModel(requestFor(repository.head, 'fraud', `bytes ${index}`), newWriter(repository))),
  );
  const versions = answers.flatMap((answer) => answer?.version ?? []);
  expect(answers.every((answer) => answer === null || answer.created)).toBe(true);
  expect(new Set(versions).size).toBe(versions.length);
  expect(versions.length).toBeGreaterThan(0);
  const tags = git(repository.folder, 'tag', '--list').split('\n');
  for (const version of versions) expect(tags).toContain(`fraud@v${version}`);
  const { events } = await readLedger(newWriter(repository).git, 'fraud');
  const witnessed = events.flatMap((event) => (event.kind === 'registered' ? [event.version] : []));
  for (const version of versions) expect(witnessed).toContain(version);
  expect(git(repository.folder, 'rev-list', '--merges', '--count', ledger)).toBe('0');
}, 180_000);

it(`${writerCount} writers append at once: every event that was accepted is there, once`, async () => {
  const repository = await openRepository();
  const answers = await everybody((index) =>
    unlessContended(() =>
      appendEvents([recordedRun(`w${index}-a`), recordedRun(`w${index}-b`)], newWriter(repository)),
    ),
  );
  const accepted = answers.flatMap((answer) => answer?.written.map(({ id }) => id) ?? []);
  const { events, problems } = await readLedger(newWriter(repository).git, null);
  expect(problems).toEqual([]);
  expect(events.map(({ id }) => id).toSorted()).toEqual(accepted.toSorted());
  const commits = answers.filter((answer) => answer !== null).length;
  expect(git(repository.folder, 'rev-list', '--count', ledger)).toBe(String(commits));
  git(repository.folder, 'fsck', '--strict');
}, 180_000);

it(`${writerCount} writers of one version with the same bytes: one makes it, the others find it`, async () => {
  const repository = await openRepository();
  const answers = await everybody(() =>
    registerModel(requestFor(repository.head, 'fraud', 'the same bytes'), newWriter(repository)),
  );
  expect(new Set(answers.map(({ version }) => version))).toEqual(new Set(['1.0.0']));
  expect(answers.filter(({ created }) => created)).toHaveLength(1);
  expect(git(repository.folder, 'tag', '--list')).toBe('fraud@v1.0.0');
  const { events } = await readLedger(newWriter(repository).git, 'fraud');
  expect(events.map(({ id }) => id)).toEqual(['registered-1.0.0']);
}, 180_000);
