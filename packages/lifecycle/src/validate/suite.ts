import type { Ask } from './expectation.ts';
import type { SuitePosition } from './problems.ts';

export type Severity = 'critical' | 'warning' | 'info';

/** One expectation of a suite, ready to ask. */
export interface Expectation {
  readonly type: string;
  readonly kwargs: Readonly<Record<string, unknown>>;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly severity: Severity;
  readonly position: SuitePosition;
  readonly ask: Ask;
}

export interface Suite {
  readonly name: string;
  readonly expectations: readonly Expectation[];
}
