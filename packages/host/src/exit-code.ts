import type { DocumentOutcome, ProblemKind } from '@model-gitops/lifecycle';

/** Public: contracts.md. */
export type ExitCode = 0 | 1 | 2 | 3 | 4;

const problemCodes = { input: 2, 'could-not-run': 3, refused: 1 } as const;

/** 0 pass, 1 fail or inconclusive, 2 problem of input or configuration, 3 could not run. A defect (4) is what is thrown besides. */
export function exitCodeOf(outcome: DocumentOutcome, problemKind: ProblemKind | null): ExitCode {
  if (outcome === 'problem') return problemCodes[problemKind ?? 'input'];
  return outcome === 'pass' ? 0 : 1;
}

/** Known by its shape, so that problems of any room count: several with a code and a remedy each. */
export function isProblem(thrown: unknown): thrown is Error & {
  readonly problems: readonly { readonly code: string; readonly message: string; readonly remedy: string }[];
  readonly kind?: ProblemKind;
} {
  const problems = thrown instanceof Error && 'problems' in thrown ? thrown.problems : null;
  return (
    Array.isArray(problems) && problems.every((one) => typeof one?.code === 'string' && typeof one?.remedy === 'string')
  );
}
