import type { EventOf, RegistryChange } from '@model-gitops/registry';
import type { Check, ObjectId } from '../ports/index.ts';
import type { Outcome } from '../verdict.ts';
import type { Purpose } from './types.ts';

/** A check as it should be. */
export interface CheckWish {
  readonly conclusion: 'success' | 'failure';
  readonly title: string;
  readonly summary: string;
}

/** A pull request as it should be. */
export interface PullRequestWish {
  /** The open one; null: it is to be opened. */
  readonly number: number | null;
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
}

interface Subject {
  readonly model: string;
  readonly environment: string;
  readonly version: string;
  /** A sentence. */
  readonly reason: string;
}

/** What reconciliation would do, each with its reason. */
export type ReconciliationChange =
  /** A version becomes wanted where nobody is asked. */
  | (Extract<RegistryChange, { kind: 'assign' }> & Subject)
  /** A commit on the promotion branch; then its pull request and the check on it. */
  | (Subject & {
      readonly kind: 'propose';
      readonly digest: string;
      readonly from: string | null;
      readonly purpose: Purpose;
      readonly branch: string;
      readonly path: string;
      readonly text: string;
      /** Head of the default branch. */
      readonly parent: ObjectId;
      /** Tip of the branch as it was read; null: there is none. */
      readonly tip: ObjectId | null;
      /** The tip is this very commit, whose event is missing. */
      readonly isWritten: boolean;
      readonly date: string;
      readonly isAutomatic: boolean;
      readonly requestedBy: string | null;
      readonly pullRequest: PullRequestWish;
      readonly check: CheckWish;
      /** To those who approved another version; null: nobody had. */
      readonly comment: string | null;
    })
  /** The pull request of a branch that has its commit already. */
  | (Subject & {
      readonly kind: 'open-pull-request';
      readonly branch: string;
      readonly head: ObjectId;
      readonly pullRequest: PullRequestWish;
      readonly check: CheckWish;
    })
  | (Subject & {
      readonly kind: 'edit-pull-request';
      readonly number: number;
      readonly title?: string;
      readonly body?: string;
    })
  | (Subject & { readonly kind: 'reopen-pull-request'; readonly number: number })
  | (Subject & {
      readonly kind: 'close-pull-request';
      readonly number: number;
      readonly head: ObjectId;
      readonly comment: string;
    })
  | {
      readonly kind: 'check';
      /** Whose promotion; null: of another pull request. */
      readonly model: string | null;
      readonly number: number;
      readonly head: ObjectId;
      readonly check: CheckWish;
      /** What is there; null: nothing. */
      readonly current: Check | null;
      readonly reason: string;
    }
  /** The witness of a merge. */
  | (Subject & { readonly kind: 'record-merge'; readonly event: EventOf<'merged'> });

export interface ReconcileDocument {
  readonly schema: 'model-gitops/reconcile/1';
  readonly outcome: Outcome;
  readonly changes: readonly ReconciliationChange[];
  /** false: a dry run, or there was nothing to do. */
  readonly applied: boolean;
  readonly notes: readonly string[];
}
