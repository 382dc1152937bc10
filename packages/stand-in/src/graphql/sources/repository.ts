import type { Repository } from '../../records/repositories.ts';
import { canRead } from '../../require-permission.ts';
import { findRepositoryById } from '../../state.ts';
import type { Query, Typed } from '../query.ts';

export interface RepositorySource extends Typed<'Repository'> {
  readonly repository: Repository;
}

export const repositoryOf = (repository: Repository): RepositorySource => ({ __typename: 'Repository', repository });

/** null for one that is gone or that one may not see. */
export function repositoryById({ context, who }: Query, id: number | null): RepositorySource | null {
  const repository = id === null ? undefined : findRepositoryById(context.state, id);
  return repository !== undefined && canRead(repository, who) ? repositoryOf(repository) : null;
}
