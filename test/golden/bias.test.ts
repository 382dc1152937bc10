import { type ScoringRequest, scorePredictions } from '@model-gitops/lifecycle';
import { describe, expect, it } from 'vitest';
import aif360 from './aif360/groups.json' with { type: 'json' };
import { expectFigures } from './closeness.ts';
import fairlearn from './fairlearn/groups.json' with { type: 'json' };

type Columns = Readonly<Record<string, readonly unknown[] | undefined>>;

/** As the evaluation reads groups: a column, or the combination of all columns. */
function groupsOf(columns: Columns): readonly unknown[] {
  const [only, ...others] = Object.values(columns).map((column) => column ?? []);
  return others.length === 0
    ? only!
    : only!.map((_, row) =>
        Object.values(columns)
          .map((column) => column![row])
          .join('|'),
      );
}

const score = (given: object, columns: Columns, privileged: object = {}) => {
  const request = { sensitive: { g: groupsOf(columns) }, slices: {}, seed: 1, ...privileged, ...given };
  return scorePredictions(request as unknown as ScoringRequest);
};

describe.each(fairlearn.cases)('Fairlearn: $name', ({ given, columns, byGroup, betweenGroups, toOverall }) => {
  const { fairness, notes } = score(given, columns);

  it('has the figures of each group', () => {
    const spelled = Object.entries(byGroup).map(([group, figures]) => [
      group.replaceAll(/True|False/g, lower),
      figures,
    ]);
    expect(Object.keys(fairness.g!.byGroup).sort()).toEqual(spelled.map(([group]) => group).sort());
    for (const [group, figures] of spelled) expectFigures(fairness.g!.byGroup[String(group)], { ...Object(figures) });
  });
  it('has the gaps between groups', () => expectFigures(fairness.g!.betweenGroups, betweenGroups));
  it('has the gaps to all rows', () => expectFigures(fairness.g!.toOverall, toOverall));
  it('gives a reason for what is undefined', () => {
    const gaps = Object.entries(fairness.g!.betweenGroups).filter(([, figure]) => figure === null);
    expect(gaps.filter(([name]) => !notes[`fairness.g.${name}`])).toEqual([]);
  });
});

const lower = (text: string) => text.toLowerCase();

describe.each(aif360.cases)('AIF360: $name', ({ given, columns, privileged, aif360: expected }) => {
  it('has the figures of the unprivileged against the privileged', () => {
    const { fairness } = score(given, columns, { privileged: { g: privileged } });
    expectFigures(fairness.g!.aif360, expected);
  });
});
