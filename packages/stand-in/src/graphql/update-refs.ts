import type { Repository } from '../records/repositories.ts';
import { moveRefs } from '../refs/move-refs.ts';
import { isAncestor, type RefUpdate, readRef } from '../refs/refs.ts';
import { requirePermission } from '../require-permission.ts';
import { findRepositoryById } from '../state.ts';
import type { Query } from './query.ts';
import { QueryError } from './query-error.ts';

interface AskedUpdate {
  readonly name: string;
  readonly beforeOid?: string | null;
  readonly afterOid: string;
  readonly force?: boolean | null;
}
interface UpdateRefsArgs {
  readonly input: {
    readonly repositoryId: string;
    readonly refUpdates: readonly AskedUpdate[];
    readonly clientMutationId?: string | null;
  };
}

const refuse = (message: string) => new QueryError('UNPROCESSABLE', message);
/** Zeros stand for nothing: before, the ref must not be there; after, it is deleted. */
const idOrNothing = (oid: string) => (/^0+$/.test(oid) ? null : oid);

function repositoryOfNode(nodeId: string, { context, who }: Query): Repository {
  const [, id] = /^Repository:(\d+)$/.exec(Buffer.from(nodeId, 'base64url').toString('utf8')) ?? [];
  const repository = id === undefined ? undefined : findRepositoryById(context.state, Number(id));
  if (repository === undefined)
    throw new QueryError('NOT_FOUND', `Could not resolve to a node with the global id of '${nodeId}'`);
  requirePermission(repository, who, { contents: 'write' });
  return repository;
}

async function planUpdate(query: Query, repository: Repository, asked: AskedUpdate): Promise<RefUpdate> {
  const { name, beforeOid, afterOid, force } = asked;
  const git = query.context.git(repository);
  if (!/^refs\/(?!pull\/)[^/]+\/./.test(name) || (await git.run(['check-ref-format', name])).exitCode !== 0)
    throw refuse(`${name} is not a valid ref name`);
  const before = await readRef(git, name);
  const after = idOrNothing(afterOid);
  if (beforeOid != null && idOrNothing(beforeOid) !== before)
    throw refuse(`Reference ${name} is at ${before ?? 'nothing'} but expected ${beforeOid}`);
  if (before === null && after === null) throw refuse(`Reference ${name} does not exist`);
  const object = after === null ? null : await git.read(after);
  if (after !== null && object === null) throw refuse(`Object ${after} does not exist`);
  if (name.startsWith('refs/heads/') && object !== null && object.kind !== 'commit')
    throw refuse(`Object ${after} is no commit`);
  if (before !== null && after !== null && force !== true && !(await isAncestor(git, before, after)))
    throw refuse(`Update of ${name} is not a fast forward`);
  return { ref: name, before, after };
}

/** All of them or none, each only from where it is expected to be. */
export async function updateRefs(_root: unknown, { input }: UpdateRefsArgs, query: Query): Promise<unknown> {
  const repository = repositoryOfNode(input.repositoryId, query);
  const updates: RefUpdate[] = [];
  for (const asked of input.refUpdates) updates.push(await planUpdate(query, repository, asked));
  const moved = await moveRefs(query.context, repository, query.who, updates);
  if (!moved) throw refuse('Reference cannot be updated: cannot lock ref');
  return { clientMutationId: input.clientMutationId ?? null };
}
