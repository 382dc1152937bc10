import type { ObjectId } from '@model-gitops/lifecycle';
import type { ForgeClient } from '../octokit/forge-client.ts';
import { followPages } from './follow-pages.ts';
import { type CommitFields, listFields, type Page } from './pull-request-fields.ts';

type ListName = keyof typeof listFields;

function nextPage(list: ListName): string {
  return `query ReadMore($owner: String!, $name: String!, $number: Int!, $after: String) {
    repository(owner: $owner, name: $name) {
      pullRequest(number: $number) { list: ${list}(first: 100, after: $after) { ${listFields[list]} } }
    }
  }`;
}

interface NextPage<Node> {
  readonly repository: { readonly pullRequest: { readonly list: Page<Node> | null } | null };
}

/** A list of a pull request to its end, from the first page on. */
export async function readList<Node>(
  client: ForgeClient,
  { number, list, first }: { readonly number: number; readonly list: ListName; readonly first: Page<Node> | null },
): Promise<readonly Node[]> {
  const askPage = async (after: string | null) => {
    const { repository } = await client.graphql<NextPage<Node>>(nextPage(list), { number, after });
    return repository.pullRequest?.list ?? null;
  };
  return followPages(askPage, first);
}

const authorsQuery = `query ReadAuthors($owner: String!, $name: String!, $commit: GitObjectID!, $after: String) {
  repository(owner: $owner, name: $name) {
    object(oid: $commit) {
      ... on Commit { authors(first: 100, after: $after) { nodes { user { login } } pageInfo { hasNextPage endCursor } } }
    }
  }
}`;

type Authors = CommitFields['commit']['authors'];

/** Everybody who wrote a commit; one with many co-authors has pages too. */
export async function readAuthors(client: ForgeClient, commit: ObjectId, first: Authors): Promise<Authors['nodes']> {
  const askPage = async (after: string | null) => {
    const { repository } = await client.graphql<{ repository: { object: { authors?: Authors } | null } }>(
      authorsQuery,
      {
        commit,
        after,
      },
    );
    return repository.object?.authors ?? null;
  };
  return followPages(askPage, first);
}
