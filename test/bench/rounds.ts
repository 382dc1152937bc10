import type { Measured, Usage } from './measure.ts';

/** Something that is measured beside others. */
export interface Contender {
  readonly name: string;
  run(): Promise<Measured>;
}

export interface Standing extends Usage {
  readonly name: string;
  /** What the last run wrote. */
  readonly stdout: string;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2;
}

function standingOf(name: string, runs: readonly Measured[]): Standing {
  return {
    name,
    seconds: median(runs.map(({ seconds }) => seconds)),
    cpuSeconds: median(runs.map(({ cpuSeconds }) => cpuSeconds)),
    peakMegabytes: median(runs.map(({ peakMegabytes }) => peakMegabytes)),
    stdout: runs.at(-1)?.stdout ?? '',
  };
}

/** Every contender once a round, so that whatever else the machine does meets all of them. */
export async function runRounds(contenders: readonly Contender[], rounds: number): Promise<readonly Standing[]> {
  const runs = contenders.map((): Measured[] => []);
  for (let round = 0; round < rounds; round += 1)
    for (const [index, contender] of contenders.entries()) runs[index]?.push(await contender.run());
  return contenders.map(({ name }, index) => standingOf(name, runs[index] ?? []));
}
