import { type ConfidenceInterval, confidenceLevel } from './interval.ts';
import { wilsonInterval } from './wilson-interval.ts';

/** A share and of how many rows it is. */
export interface Proportion {
  readonly share: number;
  readonly rows: number;
}

/**
 * 95 % interval of the difference b - a of two shares of independent rows, from the Wilson interval of each (Newcombe's
 * hybrid score interval, method 10). Holds 0 where the difference may be noise. Where both are of the same rows it is
 * wider than need be. Newcombe 1998.
 */
export function newcombeInterval(a: Proportion, b: Proportion): ConfidenceInterval {
  const [ofA, ofB] = [wilsonInterval(a.share, a.rows), wilsonInterval(b.share, b.rows)];
  const difference = b.share - a.share;
  return {
    level: confidenceLevel,
    low: difference - Math.hypot(b.share - ofB.low, ofA.high - a.share),
    high: difference + Math.hypot(ofB.high - b.share, a.share - ofA.low),
    method: 'newcombe',
  };
}
