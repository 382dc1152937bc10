import type { PullRequest, PullRequestQuery } from '@model-gitops/lifecycle';
import { ask, documentOf, manyOfOne, newestFirst, nextPage } from './ask-facts.ts';
import { findByCommit } from './find-by-commit.ts';
import { followPages } from './follow-pages.ts';
import type { ForgePlace } from './forge-place.ts';
import type { Page, PullRequestFields } from './pull-request-fields.ts';
import { isForkOf, readPullRequest } from './read-pull-request.ts';

/** Those of one branch of this repository that are told: older ones have been decided long ago. */
const newestOfBranch = 5;
const branchesAtOnce = 50;
async function findNumber(place: ForgePlace, number: number): Promise<readonly PullRequestFields[]> {
  const text = documentOf(place, 'FindPullRequest', '$number: Int!', 'pullRequest(number: $number) { ...Facts }');
  const { pullRequest } = await ask<{ pullRequest: PullRequestFields | null }>(place, text, {
    number,
    many: manyOfOne,
  });
  return pullRequest === null ? [] : [pullRequest];
}

/** Anybody can open pull requests from forks whose branch has our name: they are passed over, page by page. */
async function readOwn(
  place: ForgePlace,
  branch: string,
  first: Page<PullRequestFields>,
): Promise<readonly PullRequestFields[]> {
  const own = first.nodes.filter((fields) => !isForkOf(fields));
  const text = documentOf(
    place,
    'FindMoreOfBranch',
    '$branch: String!, $after: String',
    `list: pullRequests(headRefName: $branch, first: 20, after: $after, ${newestFirst}) { nodes { ...Facts } ${nextPage} }`,
  );
  for (let page = first; own.length < newestOfBranch && page.pageInfo.hasNextPage; ) {
    const after = page.pageInfo.endCursor;
    page = (await ask<{ list: Page<PullRequestFields> }>(place, text, { branch, after })).list;
    own.push(...page.nodes.filter((fields) => !isForkOf(fields)));
  }
  return own.slice(0, newestOfBranch);
}

interface Question {
  readonly name: string;
  /** Asked in the same call. */
  readonly besides: string;
}

type Lists = Readonly<Record<string, Page<PullRequestFields>>>;

interface OfBranches {
  readonly found: readonly PullRequestFields[];
  readonly answer: Lists;
}

/** One question for up to 50 branches: each is an alias, its name a variable. */
async function askBranches(
  place: ForgePlace,
  branches: readonly string[],
  { name, besides }: Question,
): Promise<OfBranches> {
  const variables = branches.map((_, index) => `$b${index}: String!`).join(', ');
  const lists = branches.map(
    (_, index) =>
      `b${index}: pullRequests(headRefName: $b${index}, first: ${newestOfBranch}, ${newestFirst}) { nodes { ...Facts } ${nextPage} }`,
  );
  const text = documentOf(place, name, variables, [...lists, besides].join('\n'));
  const values = Object.fromEntries(branches.map((branch, index) => [`b${index}`, branch]));
  const answer = await ask<Lists>(place, text, values);
  const found = await Promise.all(
    branches.map((branch, index) => {
      const first = answer[`b${index}`];
      return first === undefined ? [] : readOwn(place, branch, first);
    }),
  );
  return { found: found.flat(), answer };
}

async function findBranches(place: ForgePlace, branches: readonly string[]): Promise<readonly PullRequestFields[]> {
  const found: PullRequestFields[] = [];
  for (let start = 0; start < branches.length; start += branchesAtOnce) {
    const some = branches.slice(start, start + branchesAtOnce);
    found.push(...(await askBranches(place, some, { name: 'FindOfBranches', besides: '' })).found);
  }
  return found;
}

const openList = (after: string) =>
  `list: pullRequests(states: OPEN, first: 20${after}, ${newestFirst}) { nodes { ...Facts } ${nextPage} }`;

function findOpen(place: ForgePlace, first?: Page<PullRequestFields> | null): Promise<readonly PullRequestFields[]> {
  const text = documentOf(place, 'FindOpen', '$after: String', openList(', after: $after'));
  return followPages(
    async (after) => (await ask<{ list: Page<PullRequestFields> }>(place, text, { after })).list,
    first,
  );
}

/** The open ones and the first branches in one call: a reconciliation asks for both. */
async function findOpenBesides(place: ForgePlace, branches: readonly string[]): Promise<readonly PullRequestFields[]> {
  if (branches.length === 0) return findOpen(place);
  const question = { name: 'FindOpenBesides', besides: openList('') };
  const { found, answer } = await askBranches(place, branches.slice(0, branchesAtOnce), question);
  const open = await findOpen(place, answer.list ?? null);
  return [...found, ...open, ...(await findBranches(place, branches.slice(branchesAtOnce)))];
}

async function findFields(place: ForgePlace, query: PullRequestQuery): Promise<readonly PullRequestFields[]> {
  if ('number' in query) return findNumber(place, query.number);
  if ('commit' in query) return findByCommit(place, query.commit);
  const branches = [...new Set(query.branches)];
  return 'state' in query ? findOpenBesides(place, branches) : findBranches(place, branches);
}

/** The pull requests that are asked for, newest first, each with all its facts: mostly in one call. */
export async function findPullRequests(place: ForgePlace, query: PullRequestQuery): Promise<readonly PullRequest[]> {
  const fields = await findFields(place, query);
  const found = new Map(fields.map((one) => [one.number, one]));
  const pullRequests = await Promise.all([...found.values()].map((one) => readPullRequest(place, one)));
  return pullRequests.sort((a, b) => b.number - a.number);
}
