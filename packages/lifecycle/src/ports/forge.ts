import type { ObjectId } from './git-store.ts';

/** A person or a bot, by the name that the forge knows it by. */
export interface Account {
  readonly login: string;
  readonly isBot: boolean;
}

export interface Review {
  /** null: the account was deleted. */
  readonly author: Account | null;
  readonly state: 'approved' | 'changes-requested' | 'commented' | 'dismissed';
  /** The head that was looked at; null where the forge forgot it. */
  readonly commit: ObjectId | null;
  /** UTC, whole seconds. */
  readonly at: string;
}

/** Our check on one head. A commit status has no number (0) and no summary (''); `keptTexts` says what is left of a text. */
export interface Check {
  readonly id: number;
  readonly head: ObjectId;
  /** null: not concluded. */
  readonly conclusion: 'success' | 'failure' | null;
  readonly title: string;
  readonly summary: string;
}

export interface PullRequest {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: 'open' | 'closed' | 'merged';
  /** null: the account was deleted. */
  readonly author: Account | null;
  readonly head: {
    readonly branch: string;
    readonly commit: ObjectId;
    /** The branch lies in another repository, or in one that is gone. */
    readonly isFork: boolean;
  };
  /** Branch that it goes into. */
  readonly base: string;
  /** Every path that it changes, old names of renamed files included. */
  readonly files: readonly string[];
  /** Oldest first. */
  readonly reviews: readonly Review[];
  /** Who wrote or committed its commits, as far as the forge knows them; `web-flow` is left out. */
  readonly committers: readonly Account[];
  readonly labels: readonly string[];
  /** The newest check `model-gitops/promotion` of this app (or commit status, without an app) on its head. */
  readonly check: Check | null;
  readonly merge: { readonly commit: ObjectId; readonly by: Account | null; readonly at: string } | null;
  /** UTC; null while it is open. */
  readonly closedAt: string | null;
  readonly url: string;
}

/** Which pull requests are asked for. `branches`: the newest five of each head branch of this repository, open or not. `commit`: those whose merge brought it. `state`: all that are open, and those of branches besides. */
export type PullRequestQuery =
  | { readonly number: number }
  | { readonly branches: readonly string[] }
  | { readonly commit: ObjectId }
  | { readonly state: 'open'; readonly branches?: readonly string[] };

export interface NewPullRequest {
  readonly branch: string;
  readonly base: string;
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
}

export interface PullRequests {
  /** Newest first; empty where there is none. A truncated answer is read on to its end, never taken for the whole. */
  find(query: PullRequestQuery): Promise<readonly PullRequest[]>;
  /** Opens one, or finds the open one of that branch: its number either way. After a lost answer it looks before it tries again. */
  open(request: NewPullRequest): Promise<{ readonly number: number; readonly created: boolean }>;
  edit(
    number: number,
    changes: { readonly title?: string; readonly body?: string; readonly state?: 'open' | 'closed' },
  ): Promise<void>;
}

export interface NewCheck {
  readonly head: ObjectId;
  readonly conclusion: 'success' | 'failure';
  readonly title: string;
  /** Markdown. */
  readonly summary: string;
  /** The check that is to be changed, as `PullRequest.check` told; null: there is none on that head. */
  readonly current: Check | null;
}

export interface Checks {
  /** `app`: a check run that a ruleset can require. `status`: a commit status, where there is no app: advisory. */
  readonly kind: 'app' | 'status';
  /** Posts or changes the check `model-gitops/promotion` on a head; nothing is sent where `current` says it already. */
  post(check: NewCheck): Promise<void>;
}

export interface Comment {
  readonly id: number;
  readonly author: Account | null;
  readonly body: string;
}

export interface Comments {
  /** Of an issue or a pull request, oldest first. */
  list(number: number): Promise<readonly Comment[]>;
  create(number: number, body: string): Promise<Comment>;
  edit(id: number, body: string): Promise<void>;
  /** A receipt below a comment; twice is the same as once. */
  react(id: number, reaction: 'eyes' | 'rocket' | 'confused'): Promise<void>;
}

export interface People {
  /** What an account may do here. A stranger has `none`, also in a public repository where everybody may read. */
  readPermission(login: string): Promise<'admin' | 'write' | 'read' | 'none'>;
  /** Who pushed a commit to a branch, as the forge recorded it; null where it does not say. */
  readPusher(commit: ObjectId, branch: string): Promise<Account | null>;
  /** Whom the forge takes us for: what that account wrote is ours to edit. */
  readSelf(): Promise<Account>;
}

export interface Workflows {
  /** Starts a workflow by its file name. Problem `workflow-missing` where there is none, or it takes no dispatch. */
  dispatch(request: {
    readonly workflow: string;
    readonly branch: string;
    readonly inputs: Readonly<Record<string, string>>;
  }): Promise<void>;
}

/**
 * What we need of a forge, by subject. Reads are tried again; a write is never repeated before it was looked whether it
 * happened. Problems: `forge-unreachable` and `forge-limit` (could-not-run), `forge-permission` naming the `permissions:`
 * line that is missing, `forge-credentials`, `forge-not-found`, `forge-refused`, `forge-too-many-files` (input).
 */
export interface Forge {
  readonly pullRequests: PullRequests;
  readonly checks: Checks;
  readonly comments: Comments;
  readonly people: People;
  readonly workflows: Workflows;
}
