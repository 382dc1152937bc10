import { randomIndices } from '@model-gitops/statistics';

/** What goes wrong between GitHub and a listener; each a share from 0 to 1, drawn by the seed. */
export interface RelayPlan {
  readonly seed?: number;
  /** Never arrives. */
  readonly drop?: number;
  /** Arrives twice, with the same GUID. */
  readonly double?: number;
  /** Arrives after all that is told until nothing else is under way. */
  readonly reorder?: number;
}

export type Fate = 'send' | 'drop' | 'double' | 'late';

/** Draws what becomes of each delivery; three draws each, so that one share does not move the others' luck. */
export function createRelay({ seed = 1, drop = 0, double = 0, reorder = 0 }: RelayPlan): () => Fate {
  const below = randomIndices(seed);
  const isDrawn = (share: number) => below(1_000_000) < share * 1_000_000;
  return () => {
    const [isDropped, isDoubled, isLate] = [isDrawn(drop), isDrawn(double), isDrawn(reorder)];
    if (isDropped) return 'drop';
    if (isDoubled) return 'double';
    return isLate ? 'late' : 'send';
  };
}
