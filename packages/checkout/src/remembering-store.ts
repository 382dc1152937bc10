import { type GitStore, ProblemError } from '@model-gitops/lifecycle';

export interface RememberingStore {
  readonly git: GitStore;
  /** A sentence once the remote did not answer. */
  readonly notes: () => readonly string[];
}

function isUnreachable(thrown: unknown): thrown is ProblemError {
  return thrown instanceof ProblemError && thrown.kind === 'could-not-run';
}

/** Reads what the remote says; from the first time that it does not answer, what this clone remembers. Never writes. */
export function rememberingStore(online: GitStore, offline: GitStore): RememberingStore {
  let current = online;
  const notes: string[] = [];
  const ask = async <Result>(question: (store: GitStore) => Promise<Result>): Promise<Result> => {
    try {
      return await question(current);
    } catch (thrown) {
      if (current === offline || !isUnreachable(thrown)) throw thrown;
      current = offline;
      notes.push(`the remote did not answer, so this is what the clone remembers (${thrown.problems[0]?.code ?? ''})`);
      return question(current);
    }
  };
  return {
    git: {
      ...online,
      readRefs: (prefix) => ask((store) => store.readRefs(prefix)),
      readObjects: (names) => ask((store) => store.readObjects(names)),
      readHistory: (query) => ask((store) => store.readHistory(query)),
    },
    notes: () => notes,
  };
}
