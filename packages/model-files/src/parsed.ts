/** What a user can fix, as a value: this room never throws for what it reads. */
export interface FileProblem {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

/** A value, or why the bytes are none. */
export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: FileProblem };
