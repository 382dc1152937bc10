import { describe, expect, it } from 'vitest';
import { type ScoringRequest, scorePredictions } from './score-predictions.ts';

const truth = Array.from({ length: 60 }, (_, row) => (row % 3 === 0 ? 1 : 0));
const score = truth.map((label, row) => 0.3 + 0.1 * label + ((row * 7) % 10) / 40);
const groups = truth.map((_, row) => ['a', 'b', 'b', 'a', 'b'][row % 5]!);
const request: ScoringRequest = {
  task: 'binary',
  truth,
  prediction: score.map((value) => (value >= 0.5 ? 1 : 0)),
  score,
  positive: 1,
  sensitive: {},
  slices: {},
  seed: 1,
};

describe('scorePredictions', () => {
  it('gives every metric that it can an interval that holds it', () => {
    const { metrics, intervals } = scorePredictions(request);
    expect(intervals.accuracy?.method).toBe('wilson');
    expect(intervals.roc_auc?.method).toBe('bootstrap');
    for (const [name, { low, high, level }] of Object.entries(intervals)) {
      expect(level).toBe(0.95);
      expect(low).toBeLessThanOrEqual(Number(metrics[name]));
      expect(high).toBeGreaterThanOrEqual(Number(metrics[name]));
    }
    for (const name of ['accuracy', 'precision', 'recall', 'specificity', 'f1', 'mcc', 'f1_macro', 'log_loss', 'brier'])
      expect(Object.keys(intervals)).toContain(name);
  });

  it('draws the same for the same seed, and otherwise for another', () => {
    const withGroups = { ...request, sensitive: { g: groups } };
    expect(scorePredictions(withGroups)).toEqual(scorePredictions(withGroups));
    const other = scorePredictions({ ...withGroups, seed: 2 });
    expect(other.intervals).not.toEqual(scorePredictions(withGroups).intervals);
    expect(other.metrics).toEqual(scorePredictions(withGroups).metrics);
  });

  it('knows less of fewer rows', () => {
    const width = (rows: number) => {
      const part = { truth: truth.slice(0, rows), prediction: request.prediction.slice(0, rows) };
      const { low, high } = scorePredictions({ ...request, ...part, score: score.slice(0, rows) }).intervals.accuracy!;
      return high - low;
    };
    expect(width(15)).toBeGreaterThan(width(60));
  });

  it('takes rows of uneven weight for fewer', () => {
    const uneven = truth.map((_, row) => (row % 10 === 0 ? 10 : 0.1));
    const of = (weight: readonly number[]) => scorePredictions({ ...request, weight }).intervals.accuracy!;
    const even = of(truth.map(() => 3));
    expect(even).toEqual(scorePredictions(request).intervals.accuracy);
    expect(of(uneven).high - of(uneven).low).toBeGreaterThan(even.high - even.low);
  });

  it('leaves what no score was given for out, and says so', () => {
    const { score: _, ...labelsOnly } = request;
    const { metrics, notes } = scorePredictions(labelsOnly);
    expect(metrics).not.toHaveProperty('roc_auc');
    expect(notes.scores).toMatch(/no scores/);
  });

  it('gives no figure, and a reason, where the rows cannot tell', () => {
    const { metrics, notes, intervals } = scorePredictions({ ...request, truth: truth.map(() => 0) });
    expect(metrics).toMatchObject({ roc_auc: null, recall: 0, average_precision: 0 });
    expect(notes['metrics.roc_auc']).toMatch(/one class/);
    expect(notes['metrics.recall']).toMatch(/no row is positive/);
    expect(intervals).not.toHaveProperty('roc_auc');
    expect(intervals).not.toHaveProperty('recall');
  });

  it('refuses rows none of which has weight, and bears some without', () => {
    expect(() => scorePredictions({ ...request, weight: truth.map(() => 0) })).toThrow(/All weights are 0/);
    const some = truth.map((_, row) => row % 2);
    const { metrics } = scorePredictions({ ...request, weight: some });
    const odd = <Value>(values: readonly Value[]) => values.filter((_, row) => row % 2 === 1);
    const parts = { truth: odd(truth), prediction: odd(request.prediction), score: odd(score) };
    expect(scorePredictions({ ...request, ...parts }).metrics).toEqual(metrics);
  });

  it('is not sure of a perfect score from few rows', () => {
    const { metrics, intervals } = scorePredictions({ ...request, prediction: truth });
    expect(metrics).toMatchObject({ f1: 1, accuracy: 1 });
    expect(intervals).not.toHaveProperty('f1');
    expect(intervals.accuracy!.low).toBeLessThan(0.95);
  });

  it('reads scores by their label, whatever their order', () => {
    const labels = ['x', 'y', 'z'];
    const own = truth.map((_, row) => labels[(row * 5) % 3]!);
    const columns = labels.map((label) =>
      own.map((one, row) => (one === label ? 0.5 : 0.25) + ((row % 2) - 0.5) / 100),
    );
    const table = { ...request, task: 'multiclass', truth: own, prediction: own, positive: null } as const;
    const sorted = scorePredictions({ ...table, scores: { labels, columns } });
    const turned = { labels: labels.toReversed(), columns: columns.toReversed() };
    expect(scorePredictions({ ...table, scores: turned }).metrics).toEqual(sorted.metrics);
    const lacking = scorePredictions({ ...table, scores: { labels: ['x', 'y'], columns: columns.slice(0, 2) } });
    expect(lacking.metrics).not.toHaveProperty('log_loss');
    expect(lacking.notes.scores).toMatch(/label z/);
  });

  it('keeps labels of any kind apart', () => {
    const big = [2n ** 60n, 2n ** 60n + 1n];
    const wide = truth.map((label) => big[label]!);
    const { confusionMatrix, perClass } = scorePredictions({
      ...request,
      truth: wide,
      prediction: wide,
      positive: big[1]!,
    });
    expect(confusionMatrix?.labels).toEqual(big.map(String));
    expect(Object.keys(perClass!)).toEqual(big.map(String));
  });

  it('refuses a target that is no amount in a regression', () => {
    const prediction = truth.map(() => 1);
    for (const cell of ['many', Number.POSITIVE_INFINITY]) {
      const asked = () =>
        scorePredictions({ ...request, task: 'regression', truth: [1, cell, ...truth.slice(2)], prediction });
      expect(asked).toThrow(/target of row 2/);
    }
  });

  it('scores slices as tables of their own', () => {
    const { slices, notes } = scorePredictions({ ...request, slices: { g: groups } });
    const rows = groups.flatMap((group, row) => (group === 'a' ? [row] : []));
    const pick = <Value>(values: readonly Value[]) => rows.map((row) => values[row]!);
    const alone = scorePredictions({
      ...request,
      truth: pick(truth),
      prediction: pick(request.prediction),
      score: pick(score),
    });
    expect(slices.g!.a!.rows).toBe(rows.length);
    expect(alone.metrics).toMatchObject(slices.g!.a!.metrics);
    expect(notes['slices.g.a']).toMatch(/24 rows only/);
    expect(notes).not.toHaveProperty(['slices.g.b']);
  });

  it('puts rows without a value in no group, and leaves columns of too many values out', () => {
    const holed = groups.map((group, row) => (row < 4 ? null : group));
    const many = truth.flatMap(() => [0, 1, 2, 3]).map((_, row) => row);
    const long = {
      truth: many.map((row) => row % 2),
      prediction: many.map((row) => row % 2),
      score: many.map(() => 0.5),
    };
    const { slices, notes } = scorePredictions({ ...request, slices: { g: holed } });
    expect(slices.g!.a!.rows + slices.g!.b!.rows).toBe(56);
    expect(notes['slices.g']).toMatch(/^4 of 60 rows/);
    const crowded = scorePredictions({ ...request, ...long, sensitive: { id: many }, slices: { id: many } });
    expect(crowded).toMatchObject({ fairness: {}, slices: {} });
    expect(crowded.notes['fairness.id']).toMatch(/240 different values/);
  });
});

describe('scorePredictions on groups', () => {
  const scored = (changes: Partial<ScoringRequest>) =>
    scorePredictions({ ...request, sensitive: { g: groups }, ...changes });

  it('gives gaps between groups intervals under the name that gates use', () => {
    const { fairness, intervals } = scored({});
    for (const name of ['demographic_parity_difference', 'equalized_odds_difference', 'equal_opportunity_ratio']) {
      const interval = intervals[`fairness.g.${name}`]!;
      const figure = Number(fairness.g!.betweenGroups[name]);
      expect(interval.low).toBeLessThanOrEqual(figure);
      expect(interval.high).toBeGreaterThanOrEqual(figure);
      expect(interval.high).toBeGreaterThan(interval.low);
    }
  });

  it('compares nothing where there is one group: even with itself is no pass', () => {
    const { fairness, notes } = scored({ sensitive: { g: groups.map(() => 'a') } });
    expect(fairness.g!.betweenGroups).toMatchObject({
      demographic_parity_difference: null,
      demographic_parity_ratio: null,
    });
    expect(notes['fairness.g.demographic_parity_ratio']).toMatch(/one group/);
    expect(fairness.g!.byGroup.a).toMatchObject({ count: 60 });
  });

  it('says where a group has a rate by convention only, and draws no interval of it', () => {
    const { notes, intervals } = scored({ truth: truth.map((label, row) => (groups[row] === 'a' ? 0 : label)) });
    expect(notes['fairness.g.byGroup.a.true_positive_rate']).toMatch(/no row is positive/);
    expect(notes['fairness.g.byGroup.a']).toMatch(/24 rows only/);
    expect(intervals).not.toHaveProperty(['fairness.g.equalized_odds_difference']);
    expect(intervals).toHaveProperty(['fairness.g.demographic_parity_difference']);
  });

  it('compares with the largest group unless another is named', () => {
    const largest = scored({});
    expect(largest.notes['fairness.g.aif360']).toBe('compared with the group b');
    expect(scored({ privileged: { g: 'b' } })).toEqual(largest);
    const named = scored({ privileged: { g: 'a' } }).fairness.g!.aif360.statistical_parity_difference;
    expect(named).toBeCloseTo(-Number(largest.fairness.g!.aif360.statistical_parity_difference), 12);
    expect(() => scored({ privileged: { g: 'c' } })).toThrow(/No row has c in the column g/);
  });

  it('measures classes and amounts by group too', () => {
    const amounts = scored({ task: 'regression', prediction: score }).fairness.g!;
    expect(amounts.byGroup.a).toMatchObject({ count: 24, mae: expect.any(Number) });
    expect(amounts.betweenGroups).toMatchObject({
      mae_difference: expect.any(Number),
      mean_absolute_error_group_max: expect.any(Number),
    });
    expect(amounts.aif360).toEqual({});
    const classes = scored({ task: 'multiclass' }).fairness.g!;
    expect(classes.betweenGroups).toMatchObject({
      accuracy_ratio: expect.any(Number),
      f1_macro_difference: expect.any(Number),
    });
    expect(classes.betweenGroups).not.toHaveProperty('demographic_parity_difference');
  });
});
