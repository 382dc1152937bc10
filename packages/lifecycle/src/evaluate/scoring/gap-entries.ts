import { betweenGroups, equalizedOdds, type GroupGaps, toOverall } from '@model-gitops/statistics';
import { type Entry, undefinedWhere } from './entries.ts';
import { fairlearnNames } from './group-measures.ts';

/** One measure over all groups. */
export interface MeasuredGroups {
  readonly name: string;
  readonly values: readonly number[];
  readonly overall: number;
}

const zeroByZero = 'undefined: 0 by 0, no group has any';

function gapEntries(name: string, { difference, ratio }: GroupGaps): readonly Entry[] {
  return [
    undefinedWhere(`${name}_difference`, difference, 'undefined in every group'),
    undefinedWhere(`${name}_ratio`, ratio, zeroByZero),
  ];
}

/** Fairlearn's functions with a name of their own. */
export function namedGaps(gapsOf: (measure: string) => GroupGaps): readonly Entry[] {
  const [positives, negatives] = [gapsOf('true_positive_rate'), gapsOf('false_positive_rate')];
  const odds = equalizedOdds(positives, negatives);
  return [
    ...gapEntries('demographic_parity', gapsOf('selection_rate')),
    ...gapEntries('equalized_odds', odds),
    ...gapEntries('equal_opportunity', positives),
    { name: 'equalized_odds_mean_difference', value: odds.meanDifference },
    undefinedWhere('equalized_odds_mean_ratio', odds.meanRatio, zeroByZero),
  ];
}

const noGaps: GroupGaps = { difference: Number.NaN, ratio: Number.NaN };

function named(measured: readonly MeasuredGroups[], gaps: ReadonlyMap<string, GroupGaps>): readonly Entry[] {
  const isBinary = measured.some(({ name }) => name === 'selection_rate');
  return isBinary ? namedGaps((measure) => gaps.get(measure) ?? noGaps) : [];
}

function rangeEntries({ name, values }: MeasuredGroups): readonly Entry[] {
  const range = betweenGroups(values);
  const entries = (as: string): readonly Entry[] => [
    ...gapEntries(as, range),
    undefinedWhere(`${as}_group_min`, range.groupMin, 'undefined in every group'),
    undefinedWhere(`${as}_group_max`, range.groupMax, 'undefined in every group'),
  ];
  const alias = fairlearnNames[name];
  return [...entries(name), ...(alias === undefined ? [] : entries(alias))];
}

/** The gaps between any two groups, under our metric names and under Fairlearn's. */
export function betweenEntries(measured: readonly MeasuredGroups[]): readonly Entry[] {
  const gaps = new Map(measured.map(({ name, values }) => [name, betweenGroups(values)]));
  return [...named(measured, gaps), ...measured.flatMap(rangeEntries)];
}

/** The gaps between any group and all rows. */
export function overallEntries(measured: readonly MeasuredGroups[]): readonly Entry[] {
  const gaps = new Map(measured.map(({ name, values, overall }) => [name, toOverall(values, overall)]));
  return [...named(measured, gaps), ...measured.flatMap(({ name }) => gapEntries(name, gaps.get(name) ?? noGaps))];
}
