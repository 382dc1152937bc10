import type { Column } from '../column.ts';
import { type ConfidenceInterval, confidenceLevel } from './interval.ts';
import { type RandomIndex, randomIndices } from './random-numbers.ts';

/** What is drawn again, and how often. */
export interface BootstrapPlan {
  /** Rows of each stratum: each keeps its size in every drawing. One stratum of all rows is the plain bootstrap. */
  readonly strata: readonly Column[];
  readonly weights: Column;
  readonly drawings: number;
  readonly seed: number;
}

/** Draws as many rows of each stratum as it has, with replacement; a row's weight is added each time it is drawn. */
function draw({ strata, weights }: BootstrapPlan, random: RandomIndex, into: Float64Array): void {
  into.fill(0);
  for (const rows of strata) {
    for (let place = 0; place < rows.length; place++) {
      const row = rows[random(rows.length)] ?? 0;
      into[row] = (into[row] ?? 0) + (weights[row] ?? 0);
    }
  }
}

/**
 * Measures many drawings of the rows. `measure` gets the weight of every row in a drawing (0 where it was not drawn) and
 * must not keep the array. One list of figures a name. The same seed gives the same figures.
 */
export function bootstrap(
  plan: BootstrapPlan,
  measure: (weights: Column) => Readonly<Record<string, number>>,
): Readonly<Record<string, readonly number[]>> {
  const random = randomIndices(plan.seed);
  const weights = new Float64Array(plan.weights.length);
  const figures: Record<string, number[]> = {};
  for (let drawing = 0; drawing < plan.drawings; drawing++) {
    draw(plan, random, weights);
    for (const [name, figure] of Object.entries(measure(weights))) {
      figures[name] ??= [];
      figures[name].push(figure);
    }
  }
  return figures;
}

function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0];
  return below + (place - Math.floor(place)) * (above - below);
}

/**
 * 95 % interval of a figure from its values in many drawings: their middle 95 % (percentile bootstrap), widened to hold
 * the figure itself, which gaps between groups need: their drawings lie above it. null where nothing is known: the figure
 * has no value, more than a tenth of the drawings have none, or all are equal, as of a perfect score, which few rows give
 * by luck. Efron 1979.
 */
export function percentileInterval(figure: number, drawn: readonly number[]): ConfidenceInterval | null {
  const sorted = drawn.filter(Number.isFinite).sort((a, b) => a - b);
  if (!Number.isFinite(figure) || sorted.length === 0 || sorted.length < 0.9 * drawn.length) return null;
  if (sorted[0] === sorted.at(-1)) return null;
  return {
    level: confidenceLevel,
    low: Math.min(figure, quantile(sorted, (1 - confidenceLevel) / 2)),
    high: Math.max(figure, quantile(sorted, (1 + confidenceLevel) / 2)),
    method: 'bootstrap',
  };
}
