import type { RegistryFacts } from '@model-gitops/registry';
import type { CommitObject, GitStore, ObjectId } from '../ports/index.ts';
import { changedFilesOfAll } from './changed-files.ts';
import type { Finding } from './documents.ts';

/** Each record names the ledger's head of its time: it must still be part of the ledger. */
function lostHeads(history: readonly CommitObject[], { versions }: RegistryFacts): readonly Finding[] {
  const known = new Set(history.map((commit) => commit.id));
  return versions.flatMap(({ record, model, tag }): Finding[] => {
    const head = record?.ledger ?? null;
    if (head === null || known.has(head)) return [];
    const what = `${tag} was written on ledger ${head.slice(0, 12)}, which the ledger no longer contains`;
    return [{ rule: 'ledger-rewritten', model, what }];
  });
}

/** Events are only ever added: one that a later commit changes or deletes was a witness that somebody wanted away. */
async function changedEvents(
  git: GitStore,
  history: readonly CommitObject[],
  model: string | null,
): Promise<readonly Finding[]> {
  const commits = history.filter((commit) => commit.parents[0] !== undefined);
  const pairs = commits.map(({ id, parents }) => ({ before: parents[0] ?? null, after: id }));
  const changed = await changedFilesOfAll(git, pairs);
  return commits.flatMap(({ id, author }, index) =>
    (changed[index] ?? []).flatMap(({ path, isNew }): Finding[] => {
      const owner = path.slice(0, Math.max(0, path.indexOf('/')));
      if (isNew || !path.endsWith('.json') || (model !== null && owner !== model)) return [];
      const what = `${path} of the ledger was changed or deleted by ${author.name} in ${id.slice(0, 12)}`;
      return [{ rule: 'ledger-rewritten', model: owner, commit: id, what }];
    }),
  );
}

/** Whether the ledger is what append-only means: every head that was ever named is there, and no event was touched again. */
export async function verifyLedger(
  git: GitStore,
  ledgerHead: ObjectId | null,
  facts: RegistryFacts,
  model: string | null,
): Promise<readonly Finding[]> {
  const history = ledgerHead === null ? [] : await git.readHistory({ from: ledgerHead, path: '', firstParent: true });
  return [...lostHeads(history, facts), ...(await changedEvents(git, history, model))];
}
