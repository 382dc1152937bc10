import type { Account, PullRequest, Review } from '@model-gitops/lifecycle';
import { accountOfActor, accountOfAuthor } from './accounts.ts';
import type { ForgePlace } from './forge-place.ts';
import type { CommitFields, PullRequestFields, ReviewFields } from './pull-request-fields.ts';
import { readCheck } from './read-check.ts';
import { readFiles } from './read-files.ts';
import { readAuthors, readList } from './read-lists.ts';

const states = { OPEN: 'open', CLOSED: 'closed', MERGED: 'merged' } as const;

const reviewStates: Readonly<Record<string, Review['state']>> = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes-requested',
  COMMENTED: 'commented',
  DISMISSED: 'dismissed',
};

/** A review that is not submitted yet is nobody's word. */
function reviewOf({ state, submittedAt, author, commit }: ReviewFields): Review[] {
  const known = reviewStates[state];
  if (known === undefined || submittedAt === null) return [];
  return [{ author: accountOfActor(author), state: known, commit: commit?.oid ?? null, at: submittedAt }];
}

function distinctAccounts(accounts: readonly (Account | null)[]): readonly Account[] {
  const known = accounts.filter((account): account is Account => account !== null && account.login !== 'web-flow');
  return [...new Map(known.map((account) => [account.login.toLowerCase(), account])).values()];
}

async function readCommitters({ client }: ForgePlace, commits: readonly CommitFields[]): Promise<readonly Account[]> {
  const people = await Promise.all(
    commits.map(async ({ commit }) => {
      const authors = await readAuthors(client, commit.oid, commit.authors);
      return [...authors, commit.committer].map((who) => accountOfAuthor(who?.user));
    }),
  );
  return distinctAccounts(people.flat());
}

function mergeOf({ mergeCommit, mergedAt, mergedBy }: PullRequestFields): PullRequest['merge'] {
  if (mergeCommit === null || mergedAt === null) return null;
  return { commit: mergeCommit.oid, by: accountOfActor(mergedBy), at: mergedAt };
}

/** The pull request as the port tells it. What its first pages did not hold is read; mostly nothing is. */
export async function readPullRequest(place: ForgePlace, fields: PullRequestFields): Promise<PullRequest> {
  const { client } = place;
  const { number } = fields;
  const [files, reviews, commits, labels, check] = await Promise.all([
    readFiles(client, fields),
    readList(client, { number, list: 'reviews', first: fields.reviews }),
    readList(client, { number, list: 'commits', first: fields.commits }),
    readList(client, { number, list: 'labels', first: fields.labels }),
    readCheck(place, fields),
  ]);
  return {
    number,
    title: fields.title,
    body: fields.body,
    state: states[fields.state],
    author: accountOfActor(fields.author),
    head: { branch: fields.headRefName, commit: fields.headRefOid, isFork: isForkOf(fields) },
    base: fields.baseRefName,
    files,
    reviews: reviews.flatMap(reviewOf),
    committers: await readCommitters(place, commits),
    labels: labels.map(({ name }) => name),
    check,
    merge: mergeOf(fields),
    closedAt: fields.closedAt,
    url: fields.url,
  };
}

/** A head whose repository is gone can be nobody's here. */
export function isForkOf({ isCrossRepository, headRepository }: PullRequestFields): boolean {
  return isCrossRepository || headRepository === null;
}
