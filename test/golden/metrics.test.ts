import { type ScoringRequest, scorePredictions } from '@model-gitops/lifecycle';
import { describe, expect, it } from 'vitest';
import { expectFigures } from './closeness.ts';
import binary from './scikit-learn/binary.json' with { type: 'json' };
import multiclass from './scikit-learn/multiclass.json' with { type: 'json' };
import regression from './scikit-learn/regression.json' with { type: 'json' };

const score = (given: object) =>
  scorePredictions({ sensitive: {}, slices: {}, seed: 1, ...given } as unknown as ScoringRequest);

describe.each(binary.cases)('binary: $name', ({ given, metrics, confusionMatrix, perClass }) => {
  const scores = score(given);

  it('has scikit-learn’s figures', () => expectFigures(scores.metrics, metrics));
  it('has its confusion matrix', () => expect(scores.confusionMatrix).toEqual(confusionMatrix));
  it('has its figures of each class', () => expectClasses(scores, perClass));
  it('gives a reason for what is undefined', () => expectReasons(scores));
});

describe.each(multiclass.cases)('multiclass: $name', ({ given, metrics, confusionMatrix, perClass }) => {
  const scores = score(given);

  it('has scikit-learn’s figures', () => expectFigures(scores.metrics, metrics));
  it('has its confusion matrix', () => expect(scores.confusionMatrix).toEqual(confusionMatrix));
  it('has its figures of each class', () => expectClasses(scores, perClass));
  it('gives a reason for what is undefined', () => expectReasons(scores));
});

describe.each(regression.cases)('regression: $name', ({ given, metrics }) => {
  const scores = score(given);

  it('has scikit-learn’s figures, and SciPy’s correlations', () => expectFigures(scores.metrics, metrics));
  it('gives a reason for what is undefined', () => expectReasons(scores));
});

type Scored = ReturnType<typeof scorePredictions>;

function expectClasses({ perClass }: Scored, expected: Readonly<Record<string, object | undefined>>): void {
  expect(Object.keys(perClass ?? {}).sort()).toEqual(Object.keys(expected).sort());
  for (const [label, figures] of Object.entries(expected)) expectFigures(perClass?.[label], { ...figures });
}

function expectReasons({ metrics, notes }: Scored): void {
  const undefinedOnes = Object.keys(metrics).filter((name) => metrics[name] === null);
  expect(undefinedOnes.filter((name) => !notes[`metrics.${name}`])).toEqual([]);
}
