import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../context.ts';
import { type Git, openGit } from '../git.ts';
import type { Repository } from '../records/repositories.ts';
import { listRefs, type Ref } from '../refs/refs.ts';

interface Move {
  readonly ref: string;
  readonly before: string | null;
}

type Replicas = ReadonlyMap<number, Git>;

const byName = (left: Ref, right: Ref) => (left.name < right.name ? -1 : 1);

async function refsBefore(git: Git, { ref, before }: Move): Promise<Ref[]> {
  const others = (await listRefs(git, 'refs/')).filter(({ name }) => name !== ref);
  return before === null ? others : [...others, { name: ref, id: before }].sort(byName);
}

/** A bare repository with the same objects and older refs. */
async function createReplica(context: Context, repository: Repository, move: Move): Promise<Git> {
  const refs = await refsBefore(context.git(repository), move);
  const folder = join(context.folder, 'replicas', randomUUID());
  await mkdir(join(folder, 'objects', 'info'), { recursive: true });
  await mkdir(join(folder, 'refs'));
  await writeFile(join(folder, 'HEAD'), `ref: refs/heads/${repository.defaultBranch}\n`);
  await writeFile(join(folder, 'objects', 'info', 'alternates'), `${join(repository.folder, 'objects')}\n`);
  await writeFile(join(folder, 'packed-refs'), refs.map(({ id, name }) => `${id} ${name}\n`).join(''));
  return openGit(folder);
}

function watchMoves(context: Context): ReadonlyMap<number, Move> {
  const moves = new Map<number, Move>();
  context.onEvent(({ name, repository, payload }) => {
    if (name !== 'push') return;
    const { ref, before } = payload as { readonly ref: string; readonly before: string };
    moves.set(repository.id, { ref, before: /^0+$/.test(before) ? null : before });
  });
  return moves;
}

/** Lets single requests read as if each repository's last move of a ref had not arrived yet: a copy that is behind. */
export function createStaleReads(context: Context): <Answer>(read: () => Promise<Answer>) => Promise<Answer> {
  const moves = watchMoves(context);
  const current = new AsyncLocalStorage<Replicas>();
  const openCurrent = context.git;
  context.git = (repository) => current.getStore()?.get(repository.id) ?? openCurrent(repository);

  async function openReplicas(): Promise<Map<number, Git>> {
    const replicas = new Map<number, Git>();
    for (const repository of context.state.repositories) {
      const move = moves.get(repository.id);
      if (move !== undefined) replicas.set(repository.id, await createReplica(context, repository, move));
    }
    return replicas;
  }
  return async (read) => {
    const replicas = await openReplicas();
    try {
      return await current.run(replicas, read);
    } finally {
      for (const git of replicas.values()) {
        git.close();
        await rm(git.folder, { recursive: true, force: true });
      }
    }
  };
}
