import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { buildSchema, type GraphQLSchema } from 'graphql';

let loaded: GraphQLSchema | null = null;

/** GitHub's own schema. It takes half a second to build, so it is built for the first query and kept for the process. */
export function loadSchema(): GraphQLSchema {
  if (loaded !== null) return loaded;
  const file = createRequire(import.meta.url).resolve('@octokit/graphql-schema/schema.graphql');
  loaded = buildSchema(readFileSync(file, 'utf8'), { assumeValid: true, assumeValidSDL: true, noLocation: true });
  return loaded;
}
