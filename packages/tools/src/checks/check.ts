/** One question to the repository. It changes nothing, whatever it finds. */
export interface Check {
  readonly name: string;
  /** What mends it: a command, or where to look. */
  readonly mend: string;
  /** What is wrong, a line each; none where all is well. */
  readonly find: (root: string) => Promise<readonly string[]>;
}
