import { checkValues, type ForgePlace } from './forge-place.ts';
import { checkVariables, pullRequestFragment } from './pull-request-fields.ts';

/** One pull request is read with long lists at once; of many only the beginning, since most lists are short. */
export const manyOfOne = 100;
const manyOfEach = 30;

export const newestFirst = 'orderBy: { field: CREATED_AT, direction: DESC }';
export const nextPage = 'pageInfo { hasNextPage endCursor }';

/** A query about pull requests, with everything that is read of them. */
export function documentOf(place: ForgePlace, name: string, variables: string, fields: string): string {
  return `query ${name}($owner: String!, $name: String!, $many: Int!, ${checkVariables(place.ours)}, ${variables}) {
    repository(owner: $owner, name: $name) { ${fields} }
  }
  ${pullRequestFragment(place.ours)}`;
}

/** Asks it, and answers what it says of the repository. */
export async function ask<Answer>(
  place: ForgePlace,
  text: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<Answer> {
  const needs = { needs: 'pull-requests: read' };
  const { repository } = await place.client.graphql<{ repository: Answer }>(
    text,
    { many: manyOfEach, ...checkValues(place), ...variables },
    needs,
  );
  return repository;
}
