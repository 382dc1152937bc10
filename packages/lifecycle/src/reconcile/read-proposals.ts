import type { CommitObject, GitObject, GitStore, ObjectId } from '../ports/index.ts';
import type { ReadProposal } from './types.ts';

export interface AskedCommit {
  readonly commit: ObjectId;
  /** Of the file that it decides. */
  readonly path: string;
  /** An event asked for it. */
  readonly isOurs: boolean;
}

function textOf(object: GitObject | null | undefined): string | null {
  return object?.kind === 'blob' ? object.text : null;
}

async function readByName(git: GitStore, names: readonly string[]): Promise<ReadonlyMap<string, GitObject | null>> {
  const distinct = [...new Set(names)];
  const objects = distinct.length === 0 ? [] : await git.readObjects(distinct);
  return new Map(distinct.map((name, index) => [name, objects[index] ?? null]));
}

function commitOf(objects: ReadonlyMap<string, GitObject | null>, id: ObjectId): CommitObject | null {
  const object = objects.get(id);
  return object?.kind === 'commit' ? object : null;
}

/** What heads of promotion branches say of their file, and what they were made from; commits that are gone are left out. Two reads, whatever their number. */
export async function readProposals(
  git: GitStore,
  asked: readonly AskedCommit[],
): Promise<ReadonlyMap<ObjectId, ReadProposal>> {
  const heads = await readByName(
    git,
    asked.flatMap(({ commit, path }) => [commit, `${commit}:${path}`]),
  );
  const known = asked.flatMap((one) => {
    const commit = commitOf(heads, one.commit);
    return commit === null ? [] : [{ ...one, parents: commit.parents, message: commit.message }];
  });
  const fromName = ({ parents, path }: (typeof known)[number]) => `${parents.at(-1) ?? ''}:${path}`;
  const before = await readByName(git, known.filter(({ parents }) => parents.length > 0).map(fromName));
  return new Map(
    known.map((one) => {
      const { commit, path, isOurs, parents, message } = one;
      const text = textOf(heads.get(`${commit}:${path}`));
      return [commit, { commit, text, fromText: textOf(before.get(fromName(one))), isOurs, parents, message }];
    }),
  );
}
