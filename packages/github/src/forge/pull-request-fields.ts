import type { ObjectId } from '@model-gitops/lifecycle';
import type { ActorFields } from './accounts.ts';

/** One page of a list. */
export interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

export interface FileFields {
  readonly path: string;
  readonly changeType: string;
}

export interface ReviewFields {
  readonly state: string;
  readonly submittedAt: string | null;
  readonly author: ActorFields | null;
  readonly commit: { readonly oid: ObjectId } | null;
}

interface Author {
  readonly user: { readonly login: string } | null;
}

export interface CommitFields {
  readonly commit: {
    readonly oid: ObjectId;
    readonly authors: Page<Author>;
    readonly committer: Author | null;
  };
}

export interface CheckRunFields {
  readonly databaseId: number | null;
  readonly conclusion: string | null;
  readonly title: string | null;
  readonly summary: string | null;
}

/** Check runs of one app, or a commit status: what the document asks for. */
export interface CheckedCommit {
  readonly oid: ObjectId;
  readonly checkSuites?: {
    readonly nodes: readonly { readonly checkRuns: { readonly nodes: readonly CheckRunFields[] } | null }[];
  } | null;
  readonly status?: { readonly context: { readonly state: string; readonly description: string | null } | null } | null;
}

export interface PullRequestFields {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: 'OPEN' | 'CLOSED' | 'MERGED';
  readonly url: string;
  readonly isCrossRepository: boolean;
  readonly headRefName: string;
  readonly headRefOid: ObjectId;
  readonly headRepository: { readonly nameWithOwner: string } | null;
  readonly baseRefName: string;
  readonly author: ActorFields | null;
  readonly files: Page<FileFields> | null;
  readonly reviews: Page<ReviewFields> | null;
  readonly commits: Page<CommitFields>;
  readonly last: { readonly nodes: readonly { readonly commit: CheckedCommit }[] };
  readonly labels: Page<{ readonly name: string }> | null;
  readonly mergeCommit: { readonly oid: ObjectId } | null;
  readonly mergedBy: ActorFields | null;
  readonly mergedAt: string | null;
  readonly closedAt: string | null;
}

const pageInfo = 'pageInfo { hasNextPage endCursor }';
const actor = '{ __typename login }';

/** What is read of each list of a pull request; the same on the first page and on the next ones. */
export const listFields = {
  files: `nodes { path changeType } ${pageInfo}`,
  reviews: `nodes { state submittedAt author ${actor} commit { oid } } ${pageInfo}`,
  commits: `nodes { commit { oid authors(first: 10) { nodes { user { login } } ${pageInfo} } committer { user { login } } } } ${pageInfo}`,
  labels: `nodes { name } ${pageInfo}`,
} as const;

/** Which check is ours: an app sees only its own check runs. */
export type OurCheck = { readonly checkKind: 'app'; readonly appId: number } | { readonly checkKind: 'status' };

export const checkFields = {
  app: `checkSuites(first: 5, filterBy: { appId: $appId }) {
    nodes { checkRuns(first: 10, filterBy: { checkName: $check }) { nodes { databaseId conclusion title summary } } }
  }`,
  status: 'status { context(name: $check) { state description } }',
} as const;

/** Declarations of the variables that the fragments use. */
export function checkVariables({ checkKind }: OurCheck): string {
  return checkKind === 'app' ? '$check: String!, $appId: Int!' : '$check: String!';
}

/** Everything that is read of a pull request, in one fragment. Lists have `$many` items on their first page. */
export function pullRequestFragment({ checkKind }: OurCheck): string {
  return `fragment Facts on PullRequest {
    number title body state url isCrossRepository headRefName headRefOid headRepository { nameWithOwner } baseRefName
    author ${actor}
    files(first: $many) { ${listFields.files} }
    reviews(first: $many) { ${listFields.reviews} }
    commits(first: $many) { ${listFields.commits} }
    last: commits(last: 1) { nodes { commit { oid ${checkFields[checkKind]} } } }
    labels(first: 20) { ${listFields.labels} }
    mergeCommit { oid } mergedBy ${actor} mergedAt closedAt
  }`;
}
