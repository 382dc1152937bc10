import type { z } from 'zod';

/** What a user can fix, as a value: this room never throws for what it reads. */
export interface FormatProblem {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

/** A value, or why the text is none. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly FormatProblem[] };

export function parsed<T>(value: T): Parsed<T> {
  return { ok: true, value };
}

export function refused(...problems: readonly FormatProblem[]): Parsed<never> {
  return { ok: false, problems };
}

const deepest = 100;

/** Nested so deeply that walking it by recursion would end in a stack overflow: nothing of ours comes near. */
function isTooDeep(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) return true;
    level = level.flatMap((inner) => (typeof inner === 'object' && inner !== null ? Object.values(inner) : []));
  }
  return false;
}

/** JSON text -> `undefined` where it is none (or nested beyond all reason), so that callers stay free of try. */
export function jsonOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return isTooDeep(value) ? undefined : value;
  } catch {
    return undefined;
  }
}

/** The first three things that a schema minds, as one sentence. */
export function schemaSentence(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join('.') || 'the document'}: ${issue.message}`)
    .join('; ');
}
