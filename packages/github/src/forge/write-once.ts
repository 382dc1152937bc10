import { failureOf } from '../octokit/forge-failure.ts';

/** A write whose answer may get lost: only then it is looked whether it happened, and if not it is tried once more. */
export async function writeOnce<Result>(
  write: () => Promise<Result>,
  look: () => Promise<Result | null>,
): Promise<Result> {
  try {
    return await write();
  } catch (thrown) {
    if (failureOf(thrown)?.kind !== 'lost') throw thrown;
    return (await look()) ?? write();
  }
}
