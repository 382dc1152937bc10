/** How one metric differs over groups. */
export interface GroupGaps {
  readonly difference: number;
  readonly ratio: number;
}

export interface GroupRange extends GroupGaps {
  readonly groupMin: number;
  readonly groupMax: number;
}

const defined = (values: readonly number[]) => values.filter((value) => !Number.isNaN(value));
const leastOf = (values: readonly number[]) =>
  values.reduce((least, value) => Math.min(least, value), values[0] ?? Number.NaN);
const mostOf = (values: readonly number[]) =>
  values.reduce((most, value) => Math.max(most, value), values[0] ?? Number.NaN);

/**
 * The widest gap between any two groups: max - min (0 is even) and min / max (1 is even). Groups whose metric is NaN are
 * left out; NaN where none is left, and for the ratio 0 / 0. Fairlearn: `MetricFrame`, method `between_groups`.
 */
export function betweenGroups(values: readonly number[]): GroupRange {
  const known = defined(values);
  const [groupMin, groupMax] = [leastOf(known), mostOf(known)];
  return { groupMin, groupMax, difference: groupMax - groupMin, ratio: groupMin / groupMax };
}

/**
 * The widest gap between any group and all rows together: greatest distance (0 is even) and smallest ratio, taken so
 * that it is at most 1. Fairlearn: `MetricFrame`, method `to_overall`.
 */
export function toOverall(values: readonly number[], overall: number): GroupGaps {
  const distances = defined(values.map((value) => Math.abs(value - overall)));
  const ratios = defined(values.map((value) => value / overall)).map((ratio) => (ratio > 1 ? 1 / ratio : ratio));
  return { difference: mostOf(distances), ratio: leastOf(ratios) };
}
