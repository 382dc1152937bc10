import type { GraphQLFieldResolver } from 'graphql';
import type { Fields, Query } from './query.ts';
import { QueryError } from './query-error.ts';
import { fieldsOfTypes } from './types/index.ts';

const tables: Readonly<Record<string, Fields<never> | undefined>> = fieldsOfTypes;

/** Lists, their edges and what is plain data are read off; everything else has its line in the table of its type. */
export const resolveField: GraphQLFieldResolver<unknown, Query> = (source, args, query, info) => {
  const { parentType, fieldName } = info;
  const resolve = tables[parentType.name]?.[fieldName];
  if (resolve !== undefined) return resolve(source as never, args as never, query, info);
  const isPlain = typeof source === 'object' && source !== null && !('__typename' in source);
  if (isPlain && fieldName in source) return (source as Record<string, unknown>)[fieldName];
  throw new QueryError('STAND_IN', `The stand-in does not answer ${parentType.name}.${fieldName}: add a resolver.`);
};
