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

/** JSON text -> `undefined` where it is none, so that callers stay free of try. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
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
