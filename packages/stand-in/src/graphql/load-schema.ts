import { buildSchema, type GraphQLSchema } from 'graphql';

let loaded: Promise<GraphQLSchema> | null = null;

async function load(): Promise<GraphQLSchema> {
  // only now: the package reads megabytes when it is imported
  const { schema } = await import('@octokit/graphql-schema');
  return buildSchema(schema.idl, { assumeValid: true, assumeValidSDL: true, noLocation: true });
}

/** GitHub's own schema. It takes half a second to build, so it is built for the first query and kept for the process. */
export function loadSchema(): Promise<GraphQLSchema> {
  loaded ??= load();
  return loaded;
}
