/** Something that a user can fix, or a world that did not answer: what was found, where, and what to do about it. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/** `input`: the user's to fix (exit 2). `could-not-run`: network, forge or engine; worth a retry (exit 3). `refused`: policy says no, e.g. an immutable version (exit 1). */
export type ProblemKind = 'input' | 'could-not-run' | 'refused';

/**
 * Thrown when the question could not be asked. Carries all problems found, shown together.
 * Doors know it by its shape (`problems` with `code` and `remedy`), so they need not import this room.
 */
export class ProblemError extends Error {
  readonly problems: readonly Problem[];
  readonly kind: ProblemKind;

  constructor(problems: Problem | readonly Problem[], options: { kind?: ProblemKind; cause?: unknown } = {}) {
    const list = Array.isArray(problems) ? (problems as readonly Problem[]) : [problems as Problem];
    super(list.map((p) => p.message).join('\n'), options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'ProblemError';
    this.problems = list;
    this.kind = options.kind ?? 'input';
  }
}
