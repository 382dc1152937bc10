import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accuracy,
  averageOverClasses,
  averagePrecision,
  averages,
  balancedAccuracy,
  betweenGroups,
  binaryTable,
  bootstrap,
  brierScore,
  cohenKappa,
  confusionMatrix,
  countClasses,
  effectiveRows,
  equalizedOdds,
  evenWeights,
  expectedCalibrationError,
  fBeta,
  jaccard,
  kendallTauB,
  ksStatistic,
  logLoss,
  matthewsCorrelation,
  maximumCalibrationError,
  meanAbsoluteError,
  meanSquaredError,
  medianAbsoluteError,
  newcombeInterval,
  partialRocAuc,
  pinballLoss,
  prAucTrapezoid,
  precision,
  randomIndices,
  recall,
  rocAuc,
  rocAucOneVersusOne,
  rocAucOneVersusRest,
  spearmanCorrelation,
  thresholdCurve,
  toOverall,
  wilsonInterval,
} from './index.ts';

const options = { seed: 20_261_124, numRuns: 200 };
const classCount = 4;

const classified = fc
  .array(
    fc.record({
      truth: fc.nat(classCount - 1),
      prediction: fc.nat(classCount - 1),
      weight: fc.integer({ min: 1, max: 5 }),
    }),
    {
      minLength: 1,
      maxLength: 40,
    },
  )
  .map((rows) => ({
    truth: rows.map((row) => row.truth),
    prediction: rows.map((row) => row.prediction),
    weights: rows.map((row) => row.weight),
  }));

/** Scores of few values, so that ties are common; both classes are there. */
const scored = fc
  .array(fc.record({ isPositive: fc.constantFrom(0, 1), score: fc.nat(20), weight: fc.integer({ min: 1, max: 3 }) }), {
    maxLength: 40,
  })
  .map((rows) => [{ isPositive: 1, score: 7, weight: 1 }, { isPositive: 0, score: 9, weight: 1 }, ...rows])
  .map((rows) => ({
    isPositive: rows.map((row) => row.isPositive),
    score: rows.map((row) => row.score / 20),
    weights: rows.map((row) => row.weight),
  }));

const amounts = fc
  .array(
    fc.record({
      truth: fc.integer({ min: -50, max: 50 }),
      prediction: fc.integer({ min: -50, max: 50 }),
      weight: fc.integer({ min: 1, max: 4 }),
    }),
    {
      minLength: 1,
      maxLength: 40,
    },
  )
  .map((rows) => ({
    truth: rows.map((row) => row.truth),
    prediction: rows.map((row) => row.prediction),
    weights: rows.map((row) => row.weight),
  }));

/** Each row as often as it weighs: what weights mean. */
function repeated<Name extends string>(rows: Readonly<Record<Name | 'weights', readonly number[]>>) {
  const repeat = (values: readonly number[]) =>
    values.flatMap((value, row) => Array.from({ length: rows.weights[row]! }, () => value));
  const columns = Object.entries<readonly number[]>(rows).map(([name, values]) => [name, repeat(values)]);
  const all: Record<Name | 'weights', number[]> = Object.fromEntries(columns);
  return { ...all, weights: evenWeights(all.weights.length) };
}

const labelFigures = (rows: Omit<Parameters<typeof confusionMatrix>[0], 'classCount'>) => {
  const matrix = confusionMatrix({ ...rows, classCount });
  const classes = countClasses(matrix);
  const measures = [precision, recall, fBeta(1), fBeta(2), fBeta(0.5), jaccard];
  const averaged = measures.flatMap((measure) =>
    averages.map((average) => averageOverClasses(measure, classes, average)),
  );
  return {
    shares: [accuracy(matrix), balancedAccuracy(matrix), ...averaged],
    mcc: matthewsCorrelation(matrix),
    kappa: cohenKappa(matrix),
  };
};

function expectClose(found: readonly number[], wanted: readonly number[]): void {
  expect(found).toHaveLength(wanted.length);
  for (const [index, value] of found.entries()) {
    if (Number.isNaN(wanted[index])) expect(value).toBeNaN();
    else expect(value).toBeCloseTo(wanted[index]!, 9);
  }
}

describe('figures of labels', () => {
  it('lie in their ranges', () => {
    fc.assert(
      fc.property(classified, (rows) => {
        const { shares, mcc, kappa } = labelFigures(rows);
        for (const share of shares) expect(share >= 0 && share <= 1 + 1e-12).toBe(true);
        expect(Math.abs(mcc)).toBeLessThanOrEqual(1 + 1e-12);
        expect(Number.isNaN(kappa) || Math.abs(kappa) <= 1 + 1e-12).toBe(true);
      }),
      options,
    );
  });

  it('do not depend on what classes are called', () => {
    fc.assert(
      fc.property(classified, fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), (rows, names) => {
        const rename = (codes: readonly number[]) => codes.map((code) => names[code]!);
        const renamed = { ...rows, truth: rename(rows.truth), prediction: rename(rows.prediction) };
        const [matrix, other] = [rows, renamed].map((one) => confusionMatrix({ ...one, classCount }));
        for (const [i, row] of matrix!.entries())
          for (const [j, cell] of row.entries()) expect(other![names[i]!]![names[j]!]).toBe(cell);
        const [before, after] = [labelFigures(rows), labelFigures(renamed)];
        expectClose([...after.shares, after.mcc, after.kappa], [...before.shares, before.mcc, before.kappa]);
      }),
      options,
    );
  });

  it('take a weight for so many rows', () => {
    fc.assert(
      fc.property(classified, (rows) => {
        const [weighted, many] = [labelFigures(rows), labelFigures(repeated(rows))];
        expectClose([...weighted.shares, weighted.mcc, weighted.kappa], [...many.shares, many.mcc, many.kappa]);
      }),
      options,
    );
  });

  it('call truth against itself perfect', () => {
    fc.assert(
      fc.property(classified, (rows) => {
        const matrix = confusionMatrix({ ...rows, prediction: rows.truth, classCount });
        expect([accuracy(matrix), balancedAccuracy(matrix)]).toEqual([1, 1]);
      }),
      options,
    );
  });
});

describe('figures of scores', () => {
  const rankings = [
    rocAuc,
    averagePrecision,
    prAucTrapezoid,
    ksStatistic,
    (curve: Parameters<typeof rocAuc>[0]) => partialRocAuc(curve, 0.1),
  ];
  const ranked = (rows: Parameters<typeof thresholdCurve>[0]) =>
    rankings.map((measure) => measure(thresholdCurve(rows)));

  it('lie between 0 and 1', () => {
    fc.assert(
      fc.property(scored, (rows) => {
        for (const figure of ranked(rows)) expect(figure >= 0 && figure <= 1 + 1e-12).toBe(true);
      }),
      options,
    );
  });

  it('are unmoved by a monotone map of the scores', () => {
    fc.assert(
      fc.property(scored, (rows) => {
        const mapped = { ...rows, score: rows.score.map((score) => Math.exp(3 * score) - 7) };
        expect(ranked(mapped)).toEqual(ranked(rows));
      }),
      options,
    );
  });

  it('turn round with the scores', () => {
    fc.assert(
      fc.property(scored, (rows) => {
        const turned = { ...rows, score: rows.score.map((score) => -score) };
        expectClose([rocAuc(thresholdCurve(turned))], [1 - rocAuc(thresholdCurve(rows))]);
      }),
      options,
    );
  });

  it('count pairs: the chance that a positive is above a negative', () => {
    fc.assert(
      fc.property(scored, (rows) => {
        let [won, pairs] = [0, 0];
        for (const [p, score] of rows.score.entries())
          for (const [n, other] of rows.score.entries()) {
            const weight =
              rows.isPositive[p] === 1 && rows.isPositive[n] === 0 ? rows.weights[p]! * rows.weights[n]! : 0;
            pairs += weight;
            won += weight * (score > other ? 1 : score === other ? 0.5 : 0);
          }
        expectClose([rocAuc(thresholdCurve(rows))], [won / pairs]);
      }),
      options,
    );
  });

  it('take a weight for so many rows, also as probabilities', () => {
    const figures = (rows: Parameters<typeof thresholdCurve>[0]) => {
      const table = binaryTable(rows.isPositive, rows.score, rows.weights);
      const claims = { probability: rows.score, cameTrue: rows.isPositive, weights: rows.weights };
      const calibration = [expectedCalibrationError(claims, 10), maximumCalibrationError(claims, 10)];
      return [...ranked(rows), logLoss(table), brierScore(table), ...calibration];
    };
    fc.assert(
      fc.property(scored, (rows) => expectClose(figures(rows), figures(repeated(rows)))),
      options,
    );
  });

  it('are the binary ROC AUC where there are two classes', () => {
    fc.assert(
      fc.property(scored, (rows) => {
        const even = { ...rows, weights: evenWeights(rows.score.length) };
        const table = binaryTable(even.isPositive, even.score, even.weights);
        const area = rocAuc(thresholdCurve(even));
        // 1 - p can tie two scores that differ, but not these: they are whole twentieths
        expectClose([rocAucOneVersusOne(table), rocAucOneVersusRest(table, 'macro')], [area, area]);
      }),
      options,
    );
  });
});

describe('figures of amounts', () => {
  const errors = (rows: Parameters<typeof meanAbsoluteError>[0]) => [
    meanAbsoluteError(rows),
    meanSquaredError(rows),
    medianAbsoluteError(rows),
    pinballLoss(rows, 0.1),
    pinballLoss(rows, 0.9),
  ];

  it('take a weight for so many rows, and are never negative', () => {
    fc.assert(
      fc.property(amounts, (rows) => {
        expectClose(errors(rows), errors(repeated(rows)));
        expect(errors(rows).every((error) => error >= 0)).toBe(true);
      }),
      options,
    );
  });

  it('are even in the middle: half the absolute error is the pinball loss at 0.5', () => {
    fc.assert(
      fc.property(amounts, (rows) => expectClose([pinballLoss(rows, 0.5)], [meanAbsoluteError(rows) / 2])),
      options,
    );
  });

  it('rank alike after a monotone map, and are symmetric', () => {
    fc.assert(
      fc.property(amounts, ({ truth, prediction }) => {
        const cubed = prediction.map((value) => value ** 3);
        for (const correlation of [spearmanCorrelation, kendallTauB]) {
          expectClose([correlation(truth, cubed)], [correlation(truth, prediction)]);
          expectClose([correlation(prediction, truth)], [correlation(truth, prediction)]);
        }
      }),
      options,
    );
  });

  it('count pairs: Kendall’s tau as its definition has it', () => {
    fc.assert(
      fc.property(amounts, ({ truth, prediction }) => {
        let [sum, tiedTruth, tiedPrediction, pairs] = [0, 0, 0, 0];
        for (let a = 0; a < truth.length; a++)
          for (let b = 0; b < a; b++) {
            const [x, y] = [truth[a]! - truth[b]!, prediction[a]! - prediction[b]!];
            sum += Math.sign(x * y);
            pairs++;
            if (x === 0) tiedTruth++;
            if (y === 0) tiedPrediction++;
          }
        expectClose(
          [kendallTauB(truth, prediction)],
          [sum / Math.sqrt(pairs - tiedTruth) / Math.sqrt(pairs - tiedPrediction)],
        );
      }),
      options,
    );
  });
});

describe('gaps between groups', () => {
  const rates = fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 2, maxLength: 6 });

  it('do not depend on the order of groups, and lie between even and the widest', () => {
    fc.assert(
      fc.property(rates, fc.double({ min: 0.01, max: 1, noNaN: true }), (values, overall) => {
        const gaps = betweenGroups(values);
        expect(betweenGroups(values.toReversed())).toEqual(gaps);
        expect(gaps.difference >= 0 && gaps.ratio <= 1 && gaps.ratio > 0).toBe(true);
        expect(toOverall(values, overall).ratio).toBeLessThanOrEqual(1);
        const odds = equalizedOdds(gaps, betweenGroups(values.map((value) => value / 2)));
        expect(odds.difference).toBe(gaps.difference);
        expect(odds.meanDifference).toBeLessThanOrEqual(odds.difference);
      }),
      options,
    );
  });
});

describe('intervals', () => {
  const rows = fc.integer({ min: 1, max: 10_000 });

  it('Wilson’s holds the share, stays between 0 and 1 and narrows with more rows', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), rows, (share, count) => {
        const { low, high } = wilsonInterval(share, count);
        expect(low >= 0 && low <= share + 1e-12 && share <= high + 1e-12 && high <= 1).toBe(true);
        const more = wilsonInterval(share, count * 4);
        expect(more.high - more.low).toBeLessThan(high - low);
        expect(high - low).toBeGreaterThan(0);
      }),
      options,
    );
  });

  it('Newcombe’s holds the difference and turns round with the sides', () => {
    const side = fc.record({ share: fc.double({ min: 0, max: 1, noNaN: true }), rows });
    fc.assert(
      fc.property(side, side, (a, b) => {
        const [there, back] = [newcombeInterval(a, b), newcombeInterval(b, a)];
        expect(there.low <= b.share - a.share + 1e-12 && b.share - a.share <= there.high + 1e-12).toBe(true);
        expectClose([back.low, back.high], [-there.high, -there.low]);
      }),
      options,
    );
  });

  it('effective rows are never more than rows, and all of them where weights are even', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.001, max: 100, noNaN: true }), { minLength: 1 }), (weights) => {
        expect(effectiveRows(weights)).toBeLessThanOrEqual(weights.length + 1e-9);
        expect(effectiveRows(weights.map(() => 2.5))).toBeCloseTo(weights.length, 9);
      }),
      options,
    );
  });

  it('drawings keep the size of each stratum', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 20 }),
        (seed, first, second) => {
          const all = Array.from({ length: first + second }, (_, row) => row);
          const plan = {
            strata: [all.slice(0, first), all.slice(first)],
            weights: evenWeights(all.length),
            drawings: 3,
            seed,
          };
          const sizes = bootstrap(plan, (weights) => ({
            first: Array.from(weights)
              .slice(0, first)
              .reduce((sum, weight) => sum + weight, 0),
            second: Array.from(weights)
              .slice(first)
              .reduce((sum, weight) => sum + weight, 0),
          }));
          expect(sizes).toEqual({ first: [first, first, first], second: [second, second, second] });
        },
      ),
      options,
    );
  });

  it('random numbers repeat by seed and fill their range evenly', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const take = () => {
          const next = randomIndices(seed);
          return Array.from({ length: 5000 }, () => next(10));
        };
        const counts = Array.from({ length: 10 }, (_, digit) => take().filter((drawn) => drawn === digit).length);
        expect(take()).toEqual(take());
        // 500 each, standard deviation 21
        expect(Math.max(...counts.map((count) => Math.abs(count - 500)))).toBeLessThan(130);
      }),
      { ...options, numRuns: 20 },
    );
  });
});
