import { visibleRepository } from '../../require-permission.ts';
import type { Fields } from '../query.ts';
import { QueryError } from '../query-error.ts';
import { repositoryOf } from '../sources/repository.ts';
import { updateRefs } from '../update-refs.ts';
import { userOf } from './people.ts';

interface RepositoryArgs {
  readonly owner: string;
  readonly name: string;
}

export const queryFields: Fields<unknown> = {
  repository(_root, { owner, name }: RepositoryArgs, { context, who }) {
    const repository = visibleRepository(context.state, who, owner, name);
    if (repository !== null) return repositoryOf(repository);
    throw new QueryError('NOT_FOUND', `Could not resolve to a Repository with the name '${owner}/${name}'.`);
  },
  viewer: (_root, _args: object, query) => userOf(query, query.who.login),
  rateLimit: (_root, _args: object, { cost }) => ({ cost: cost.points, nodeCount: cost.nodes }),
};

export const mutationFields: Fields<unknown> = { updateRefs };
