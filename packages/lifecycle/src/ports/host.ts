/** Time and chance are arguments: the only place where they enter. */
export interface Host {
  /** Now, in UTC. */
  now(): Date;
  sleep(milliseconds: number): Promise<void>;
  /** Uniform in [0, 1). */
  random(): number;
}
