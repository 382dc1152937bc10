import type { Standing } from './rounds.ts';

/** A figure with what it should be: nothing fails for it, a person reads it. */
export interface Target {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** What a measurement found. */
export interface Findings {
  readonly title: string;
  readonly standings: readonly Standing[];
  readonly targets: readonly Target[];
}

/** A measurement against a peer, or `skipped` with the reason. Throws where the two do not give the same answer. */
export type Bench = () => Promise<readonly Findings[] | { readonly skipped: string }>;

export function isMet({
  value,
  atMost = Number.POSITIVE_INFINITY,
  atLeast = Number.NEGATIVE_INFINITY,
}: Target): boolean {
  return value <= atMost && value >= atLeast;
}
