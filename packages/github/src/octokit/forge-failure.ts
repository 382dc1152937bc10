import { ProblemError } from '@model-gitops/lifecycle';

/**
 * `lost`: nobody knows what happened, a write may have been done. `unsent`: surely nothing was done. `limit`: refused
 * for now. The others are GitHub's answer.
 */
export type FailureKind =
  | 'lost'
  | 'unsent'
  | 'limit'
  | 'credentials'
  | 'permission'
  | 'workflow-files'
  | 'not-found'
  | 'refused';

/** How a call failed, translated once from what Octokit throws. It is the `cause` of the problem that is thrown. */
export class ForgeFailure extends Error {
  readonly kind: FailureKind;
  /** null where there was no answer, and for GraphQL, which answers 200. */
  readonly status: number | null;
  /** GitHub's own message and the messages of its list of errors; for programs to compare, never shown as they are. */
  readonly messages: readonly string[];
  /** Sets of permissions, each of which would have been enough. */
  readonly permissions: readonly (readonly string[])[];
  /** `limit` only: how long, or until when. */
  readonly wait: { readonly seconds: number } | { readonly until: number } | null;

  constructor(
    kind: FailureKind,
    facts: {
      status?: number | null;
      messages?: readonly string[];
      permissions?: readonly (readonly string[])[];
      wait?: { readonly seconds: number } | { readonly until: number } | null;
    } = {},
  ) {
    super(kind);
    this.name = 'ForgeFailure';
    this.kind = kind;
    this.status = facts.status ?? null;
    this.messages = facts.messages ?? [];
    this.permissions = facts.permissions ?? [];
    this.wait = facts.wait ?? null;
  }
}

/** The failure behind a problem that a client threw; null for everything else. */
export function failureOf(thrown: unknown): ForgeFailure | null {
  return thrown instanceof ProblemError && thrown.cause instanceof ForgeFailure ? thrown.cause : null;
}
