import type { Role } from './people.ts';

export interface Repository {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  readonly isPrivate: boolean;
  defaultBranch: string;
  /** The bare repository. */
  readonly folder: string;
  /** Id of the repository that this is a fork of. */
  readonly parent: number | null;
  readonly collaborators: Record<string, Role>;
  /** Issues and pull requests count together. */
  lastNumber: number;
  readonly createdAt: string;
  pushedAt: string;
  /** Published releases refuse changes. */
  hasImmutableReleases: boolean;
  /** Tags of immutable releases that were deleted: no release may be named so again. */
  readonly burntTags: string[];
}

export interface RequiredCheck {
  readonly context: string;
  /** Only this app's check counts; null: any app's check or status of that name. */
  readonly appId: number | null;
}

export interface Ruleset {
  readonly id: number;
  readonly repository: number;
  readonly name: string;
  /** Short names or patterns with `*`; empty: no branch. */
  readonly branches: readonly string[];
  readonly tags: readonly string[];
  /** 0: no pull request is needed. */
  readonly requiredReviews: number;
  readonly dismissStale: boolean;
  readonly requiredChecks: readonly RequiredCheck[];
  readonly noForcePush: boolean;
  readonly noDeletion: boolean;
  /** A ref that is there is never moved (tags). */
  readonly noUpdate: boolean;
}

export interface Activity {
  readonly id: number;
  readonly repository: number;
  readonly ref: string;
  readonly before: string;
  readonly after: string;
  readonly actor: string;
  readonly kind: 'push' | 'force_push' | 'branch_creation' | 'branch_deletion' | 'pr_merge';
  readonly at: string;
}
