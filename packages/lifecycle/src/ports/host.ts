/** Time and chance are arguments: the only place where they enter. */
export interface Host {
  /** Now, in UTC. */
  now(): Date;
  /** Milliseconds on a clock that never goes back, with fractions; only differences mean something. For latencies, where `now` is too coarse. */
  elapsedMs(): number;
  sleep(milliseconds: number): Promise<void>;
  /** Uniform in [0, 1). */
  random(): number;
}
