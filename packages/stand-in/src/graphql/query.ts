import type { GraphQLResolveInfo } from 'graphql';
import type { Actor } from '../actor.ts';
import type { Context } from '../context.ts';
import type { Repository } from '../records/repositories.ts';
import { may } from '../require-permission.ts';
import { QueryError } from './query-error.ts';

/** What every resolver is given: the stand-in, who asks, and what the query costs. */
export interface Query {
  readonly context: Context;
  readonly who: Actor;
  readonly cost: { readonly points: number; readonly nodes: number };
}

/** One field of one type: from what the object was made of and the arguments to its value. */
type Resolve<Source> = (source: Source, args: never, query: Query, info: GraphQLResolveInfo) => unknown;
export type Fields<Source> = Readonly<Record<string, Resolve<Source>>>;

/** An object of GitHub's schema: its type, and what its fields are made of. */
export interface Typed<Name extends string> {
  readonly __typename: Name;
}

/** As in REST: a repository that one sees, but a subject in it that one may not read. */
export function requireReading(repository: Repository, { who }: Query, subject: string): void {
  if (may(repository, who, subject, 'read')) return;
  const by = who.kind === 'user' ? 'personal access token' : 'integration';
  throw new QueryError('FORBIDDEN', `Resource not accessible by ${by}`);
}
