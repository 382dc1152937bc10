import type { Clock } from './clock.ts';
import type { Git } from './git.ts';
import type { Repository } from './records/repositories.ts';
import type { State } from './state.ts';

/** Something happened that GitHub tells by webhook. The delivery adds sender, repository and installation. */
export interface StandInEvent {
  /** By GitHub's name: `pull_request`. */
  readonly name: string;
  readonly action: string | null;
  readonly repository: Repository;
  /** Login of who did it. */
  readonly sender: string;
  /** Nobody else is told: a check that is asked for again is its app's business. */
  readonly onlyApp?: number;
  readonly onlyHook?: number;
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface Context {
  /** `http://127.0.0.1:<port>`; the port is known once the server listens. */
  url: string;
  /** For repositories and assets; gone with the stand-in. */
  readonly folder: string;
  readonly state: State;
  readonly clock: Clock;
  /** Signs what GitHub would sign. */
  readonly signingKey: Uint8Array;
  git(repository: Repository): Git;
  emit(event: StandInEvent): void;
  /** Told of each event at once, within the request that caused it. */
  onEvent(listener: (event: StandInEvent) => void): void;
}

/** Now, as GitHub writes it: UTC, whole seconds. */
export const timeOf = (context: Context): string => secondsOf(context.clock.now());
export const secondsOf = (date: Date): string => date.toISOString().replace(/\.\d{3}Z$/, 'Z');
