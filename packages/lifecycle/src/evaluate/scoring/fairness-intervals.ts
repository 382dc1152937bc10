import {
  betweenGroups,
  binaryRates,
  bootstrap,
  countBinary,
  percentileInterval,
  poolBinary,
} from '@model-gitops/statistics';
import type { FairnessOfColumn, Interval } from '../../documents.ts';
import type { Entry } from './entries.ts';
import { namedGaps } from './gap-entries.ts';
import { privilegedEntries } from './privileged.ts';
import { positivesOf, type ScoredTable } from './rows.ts';
import type { Part } from './slices.ts';

export interface FairnessDrawings {
  readonly parts: readonly Part[];
  readonly privileged: Part;
  readonly drawings: number;
  readonly seed: number;
}

/** Cell of each row, as `countBinary` takes it. */
function cellsOf({ truth, prediction, positive }: ScoredTable, parts: readonly Part[]): Uint32Array {
  const [actual, predicted] = [positivesOf(truth, positive), positivesOf(prediction, positive)];
  const cells = new Uint32Array(truth.length);
  for (const [group, { rows }] of parts.entries())
    for (const row of rows) cells[row] = 4 * group + 2 * (actual[row] ?? 0) + (predicted[row] ?? 0);
  return cells;
}

const numbersOf = (entries: readonly Entry[], prefix = '') =>
  Object.fromEntries(entries.map(({ name, value }) => [`${prefix}${name}`, value]));

type Measure = (weights: ArrayLike<number>) => Readonly<Record<string, number>>;

function measureGaps(table: ScoredTable, { parts, privileged }: FairnessDrawings): Measure {
  const cells = cellsOf(table, parts);
  const place = parts.indexOf(privileged);
  return (weights) => {
    const counts = countBinary(cells, weights, parts.length);
    const rates = counts.map(binaryRates);
    const gapsOf = (name: string) => {
      if (name === 'selection_rate') return betweenGroups(rates.map(({ selectionRate }) => selectionRate));
      if (name === 'true_positive_rate') return betweenGroups(rates.map(({ truePositiveRate }) => truePositiveRate));
      return betweenGroups(rates.map(({ falsePositiveRate }) => falsePositiveRate));
    };
    const [own, others] = [counts.filter((_, group) => group === place), counts.filter((_, group) => group !== place)];
    const ofPrivileged = privilegedEntries(poolBinary(own), poolBinary(others));
    return { ...numbersOf(namedGaps(gapsOf)), ...numbersOf(ofPrivileged, 'aif360.') };
  };
}

/** The measures that some group only has by convention: drawing cannot tell what its rate would be. */
function conventional({ truth, positive }: ScoredTable, parts: readonly Part[]): (name: string) => boolean {
  const isPositive = positivesOf(truth, positive);
  const lacks = (value: number) => parts.some(({ rows }) => rows.every((row) => isPositive[row] !== value));
  const [lackPositives, lackNegatives] = [lacks(1), lacks(0)];
  return (name) =>
    (name.startsWith('equal_opportunity') && lackPositives) ||
    (name.startsWith('equalized_odds') && (lackPositives || lackNegatives));
}

/** 95 % intervals of the measures between groups, by drawing each group's rows again. */
export function fairnessIntervals(
  table: ScoredTable,
  { betweenGroups: between, aif360 }: FairnessOfColumn,
  request: FairnessDrawings,
): Readonly<Record<string, Interval>> {
  const { parts, drawings, seed } = request;
  const isConventional = conventional(table, parts);
  const drawn = bootstrap(
    { strata: parts.map(({ rows }) => Uint32Array.from(rows)), weights: table.weights, drawings, seed },
    measureGaps(table, request),
  );
  const intervals = Object.entries(drawn).flatMap(([name, values]) => {
    const figure = name.startsWith('aif360.') ? aif360[name.slice(7)] : between[name];
    const isKnown = typeof figure === 'number' && !isConventional(name);
    const interval = isKnown ? percentileInterval(figure, values) : null;
    return interval === null ? [] : [[name, interval] as const];
  });
  return Object.fromEntries(intervals);
}
