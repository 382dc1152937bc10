import type { Repository } from '../../records/repositories.ts';
import { listRefs, readRef } from '../../refs/refs.ts';
import { nodeId } from '../../views/schema.ts';
import type { Fields, Query } from '../query.ts';
import { objectAt } from '../sources/git-objects.ts';
import { type RefSource, refOf } from '../sources/ref.ts';
import { repositoryOf } from '../sources/repository.ts';

export interface RefChoice {
  readonly refPrefix: string;
  readonly query?: string | null;
  readonly direction?: 'ASC' | 'DESC' | null;
  readonly orderBy?: { readonly field: string; readonly direction: 'ASC' | 'DESC' } | null;
}

const prefixOf = (name: string) => /^refs\/[^/]+\//.exec(name)?.[0] ?? 'refs/';

/** A whole name, or a short one: branches before tags. */
export async function findRef({ context }: Query, repository: Repository, name: string): Promise<RefSource | null> {
  const names = name.startsWith('refs/') ? [name] : [`refs/heads/${name}`, `refs/tags/${name}`, `refs/${name}`];
  for (const one of names) {
    const id = await readRef(context.git(repository), one);
    if (id !== null) return refOf(repository, { name: one, id }, prefixOf(one));
  }
  return null;
}

/** By name. What follows the prefix is what GitHub calls the name of the ref. */
export async function listRefsOf(
  { context }: Query,
  repository: Repository,
  { refPrefix, query, direction, orderBy }: RefChoice,
): Promise<RefSource[]> {
  const prefix = refPrefix.endsWith('/') ? refPrefix : `${refPrefix}/`;
  const refs = await listRefs(context.git(repository), prefix);
  const words = query?.toLowerCase() ?? '';
  const found = refs.filter(({ name }) => name.slice(prefix.length).toLowerCase().includes(words));
  const isDescending = (orderBy?.direction ?? direction) === 'DESC';
  return (isDescending ? found.toReversed() : found).map((ref) => refOf(repository, ref, prefix));
}

export const refFields: Fields<RefSource> = {
  id: ({ repository, ref }) => nodeId('Ref', `${repository.id}:${ref.name}`),
  name: ({ ref, prefix }) => ref.name.slice(prefix.length),
  prefix: ({ prefix }) => prefix,
  repository: ({ repository }) => repositoryOf(repository),
  target: ({ repository, ref }, _args: object, query) => objectAt(query, repository, ref.id),
};
