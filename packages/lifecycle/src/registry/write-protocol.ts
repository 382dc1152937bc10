import type { Host } from '../ports/index.ts';
import { ProblemError } from '../problem.ts';
import { registryProblems } from './problems.ts';

/** One try: written (or found to be written), or to be tried again from reading on. */
export type Attempt<T> = { readonly done: T } | 'conflict' | 'unknown';

const baseMs = 250;
const capMs = 20_000;
const giveUpMs = 120_000;

/** Full jitter: uniform between nothing and an exponentially growing bound of at most 20 s. Source: Brooker, "Exponential Backoff And Jitter", AWS 2015. */
export function backOffMs(tries: number, random: number): number {
  return Math.min(capMs, baseMs * 2 ** Math.min(tries, 16)) * random;
}

/**
 * Repeats `attempt` until it is done. Each attempt starts by reading, looks whether the operation is there already
 * (an answer that was lost may have been a success) and validates anew. Problem `contention` (could-not-run) after 120 s.
 */
export async function untilWritten<T>(host: Host, what: string, attempt: () => Promise<Attempt<T>>): Promise<T> {
  const started = host.now().getTime();
  for (let tries = 0; ; tries += 1) {
    const answer = await attempt();
    if (typeof answer === 'object') return answer.done;
    const waitMs = backOffMs(tries, host.random());
    if (host.now().getTime() + waitMs - started > giveUpMs) {
      throw new ProblemError(registryProblems.contention(what), { kind: 'could-not-run' });
    }
    await host.sleep(waitMs);
  }
}

/** What is said where no remote took part; of what was only planned or refused nobody reads that it was written. */
export function localNote(isWritten: boolean): string {
  return isWritten
    ? 'written to this repository only: nothing was pushed'
    : 'nothing was pushed: this repository only was asked';
}
