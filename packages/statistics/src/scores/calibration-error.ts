import { type Column, sumOf } from '../column.ts';

/** Rows with the probability that was claimed for something and whether (1 or 0) it came true. */
export interface Claims {
  readonly probability: Column;
  readonly cameTrue: Column;
  readonly weights: Column;
}

/** Bin of a probability among `count` of equal width, [k/count, (k+1)/count), the last one closed. */
function binOf(probability: number, count: number): number {
  const near = Math.floor(probability * count);
  const bin = probability < near / count ? near - 1 : probability >= (near + 1) / count ? near + 1 : near;
  return Math.min(count - 1, Math.max(0, bin));
}

interface Bin {
  readonly weight: number;
  /** |share that came true - mean probability|. */
  readonly gap: number;
}

function binsOf({ probability, cameTrue, weights }: Claims, count: number): readonly Bin[] {
  const [weight, claimed, seen] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  for (let row = 0; row < weights.length; row++) {
    const [bin, share] = [binOf(probability[row] ?? 0, count), weights[row] ?? 0];
    weight[bin] = (weight[bin] ?? 0) + share;
    claimed[bin] = (claimed[bin] ?? 0) + share * (probability[row] ?? 0);
    seen[bin] = (seen[bin] ?? 0) + share * (cameTrue[row] ?? 0);
  }
  return Array.from(weight, (total, bin) => ({
    weight: total,
    gap: Math.abs((seen[bin] ?? 0) - (claimed[bin] ?? 0)) / total,
  })).filter((bin) => bin.weight > 0);
}

/**
 * How far claimed probabilities are from what came true: mean gap over bins of equal width, by the rows in each (ECE).
 * Range 0 to 1, lower is better; depends on the number of bins. Guo et al. 2017.
 */
export function expectedCalibrationError(claims: Claims, bins: number): number {
  const filled = binsOf(claims, bins);
  return sumOf(filled.map(({ weight, gap }) => weight * gap)) / sumOf(filled.map(({ weight }) => weight));
}

/** The widest gap of any bin (MCE), however few its rows. Range 0 to 1, lower is better. Guo et al. 2017. */
export function maximumCalibrationError(claims: Claims, bins: number): number {
  const [first, ...others] = binsOf(claims, bins).map(({ gap }) => gap);
  return first === undefined ? Number.NaN : Math.max(first, ...others);
}
