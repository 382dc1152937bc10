import { backOffMs, type Host, ProblemError } from '@model-gitops/lifecycle';
import { forgeProblems } from '../problems.ts';
import type { CallGate } from './call-gate.ts';
import type { ForgeFailure } from './forge-failure.ts';
import { translateError } from './translate-error.ts';

export interface Call<Answer> {
  /** `POST git/refs`, `query ReadObjects`: for messages. */
  readonly name: string;
  /** Nothing is changed by asking twice. */
  readonly isRead: boolean;
  /** The permission that GitHub does not name itself in a GraphQL answer: `contents: write`. */
  readonly needs: string | null;
  readonly perform: () => Promise<Answer>;
}

export interface CallPlace {
  readonly host: Host;
  readonly gate: CallGate;
  /** `acme/penguins` */
  readonly repository: string;
}

/** What a caller waits at most, pauses that GitHub asks for included. */
const budgetMs = 120_000;
const mostRetries = 5;

export function problemOf(failure: ForgeFailure, name: string, repository: string, now: Date): ProblemError {
  const words = failure.messages.join(' / ') || `status ${failure.status}`;
  const couldNotRun = { kind: 'could-not-run', cause: failure } as const;
  const theirs = { kind: 'input', cause: failure } as const;
  switch (failure.kind) {
    case 'lost':
    case 'unsent':
      return new ProblemError(forgeProblems.unreachable(name, words), couldNotRun);
    case 'limit':
      return new ProblemError(forgeProblems.limit(new Date(endOfPause(failure, now.getTime()))), couldNotRun);
    case 'credentials':
      return new ProblemError(forgeProblems.credentials(name), theirs);
    case 'permission':
      return new ProblemError(forgeProblems.permission(name, failure.permissions, words), theirs);
    case 'workflow-files':
      return new ProblemError(forgeProblems.workflowFiles(name, words), theirs);
    case 'not-found':
      return new ProblemError(forgeProblems.notFound(name, repository), theirs);
    case 'refused':
      return new ProblemError(forgeProblems.refused(name, words), theirs);
    default:
      return failure.kind satisfies never;
  }
}

/** When the pause ends; a second more than GitHub's own clock says. */
function endOfPause({ wait }: ForgeFailure, now: number): number {
  if (wait === null) return now + 60_000;
  return 'seconds' in wait ? now + wait.seconds * 1000 : wait.until + 1000;
}

/** Waits while GitHub asks for a pause; a pause that is longer than the caller's time is told at once. */
async function passGate({ gate, host }: CallPlace, deadline: number): Promise<void> {
  const until = gate.heldUntil();
  if (until > deadline && until > host.now().getTime())
    throw new ProblemError(forgeProblems.limit(new Date(until)), { kind: 'could-not-run' });
  await gate.pass(host);
}

/**
 * One call with its patience. A read is tried again after a lost answer, with full jitter. A write never is: the caller
 * looks whether it happened. What was refused for a limit was not done, and is asked again when the pause is over.
 */
export async function makeCall<Answer>(call: Call<Answer>, place: CallPlace): Promise<Answer> {
  const { host, gate, repository } = place;
  const deadline = host.now().getTime() + budgetMs;
  for (let tries = 0; ; tries += 1) {
    await passGate(place, deadline);
    try {
      return await call.perform();
    } catch (thrown) {
      const failure = translateError(thrown, call.needs);
      if (failure === null) throw thrown;
      const now = host.now();
      if (failure.kind === 'limit') {
        const until = endOfPause(failure, now.getTime());
        gate.hold(until);
        if (until <= deadline) continue;
      }
      const isWorthIt = call.isRead && (failure.kind === 'lost' || failure.kind === 'unsent') && tries < mostRetries;
      const waitMs = backOffMs(tries, host.random());
      if (!isWorthIt || now.getTime() + waitMs > deadline) throw problemOf(failure, call.name, repository, now);
      await host.sleep(waitMs);
    }
  }
}
