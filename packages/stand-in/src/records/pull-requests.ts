/** An issue or a pull request: they share number, title, body, labels, comments and reactions. */
export interface Issue {
  readonly id: number;
  readonly repository: number;
  readonly number: number;
  readonly isPullRequest: boolean;
  title: string;
  body: string | null;
  state: 'open' | 'closed';
  stateReason: 'completed' | 'not_planned' | 'reopened' | null;
  readonly author: string;
  labels: string[];
  assignees: string[];
  isLocked: boolean;
  readonly createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  closedBy: string | null;
}

/** What a pull request has besides its issue. */
export interface PullRequest {
  readonly id: number;
  readonly repository: number;
  readonly number: number;
  /** `repository` is null when the fork is gone. `commit` follows the branch while the pull request is open. */
  readonly head: {
    readonly repository: number | null;
    readonly branch: string;
    readonly label: string;
    commit: string;
  };
  /** `commit`: the tip of the base when the pull request was last synchronised. */
  base: { readonly branch: string; commit: string };
  isDraft: boolean;
  requestedReviewers: string[];
  /** null: not computed since the head or the base moved. */
  mergeable: boolean | null;
  /** The test merge, or after the merge the commit that brought it. */
  mergeCommit: string | null;
  merged: { readonly at: string; readonly by: string } | null;
}

export interface Review {
  readonly id: number;
  readonly repository: number;
  readonly number: number;
  readonly author: string;
  body: string;
  state: 'PENDING' | 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED';
  readonly commit: string;
  submittedAt: string | null;
}
