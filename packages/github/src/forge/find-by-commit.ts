import type { ObjectId } from '@model-gitops/lifecycle';
import { ask, documentOf, manyOfOne, nextPage } from './ask-facts.ts';
import { followPages } from './follow-pages.ts';
import type { ForgePlace } from './forge-place.ts';
import type { Page, PullRequestFields } from './pull-request-fields.ts';
import { readList } from './read-lists.ts';

interface Words {
  readonly message: string;
  readonly author: { readonly date: string | null } | null;
}

interface Bringing extends PullRequestFields {
  readonly mergeCommit: {
    readonly oid: ObjectId;
    readonly history: { readonly nodes: readonly { readonly oid: ObjectId }[] };
  } | null;
  /** What the commits say, which a rebase does not change. */
  readonly said: { readonly nodes: readonly { readonly commit: Words }[] };
}

interface Answer {
  readonly object: (Partial<Words> & { readonly list?: Page<Bringing> }) | null;
}

const words = 'message author { date }';

const fields = `object(oid: $commit) {
  ... on Commit {
    ${words}
    list: associatedPullRequests(first: 20, after: $after) {
      nodes {
        ...Facts
        mergeCommit { history(first: 100) { nodes { oid } } }
        said: commits(first: 100) { nodes { commit { ${words} } } }
      }
      ${nextPage}
    }
  }
}`;

const isSame = (a: Partial<Words>, b: Words) => a.message === b.message && a.author?.date === b.author?.date;

/** GitHub names more pull requests than the one whose merge, squash or rebase brought the commit to the base. */
async function isBroughtBy(
  place: ForgePlace,
  found: Bringing,
  commit: ObjectId,
  said: Partial<Words>,
): Promise<boolean> {
  const { state, mergeCommit, number, commits: first } = found;
  if (state !== 'MERGED' || mergeCommit === null) return false;
  if (mergeCommit.oid === commit) return true;
  const isNew = mergeCommit.history.nodes.some(({ oid }) => oid === commit);
  if (isNew && found.said.nodes.some((node) => isSame(said, node.commit))) return true;
  const commits = await readList(place.client, { number, list: 'commits', first });
  return commits.some((node) => node.commit.oid === commit);
}

/** The pull requests whose merge brought a commit; none where the commit is unknown, or was pushed. */
export async function findByCommit(place: ForgePlace, commit: ObjectId): Promise<readonly PullRequestFields[]> {
  const text = documentOf(place, 'FindByCommit', '$commit: GitObjectID!, $after: String', fields);
  let said: Partial<Words> = {};
  const associated = await followPages(async (after) => {
    const { object } = await ask<Answer>(place, text, { commit, after, many: manyOfOne });
    said = object ?? {};
    return object?.list ?? null;
  });
  const isBrought = await Promise.all(associated.map((one) => isBroughtBy(place, one, commit, said)));
  return associated.filter((_, index) => isBrought[index]);
}
