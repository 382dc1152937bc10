import { describe, expect, it } from 'vitest';
import { interpretPredictions, type Question } from './interpret-predictions.ts';

const question = (changes: Partial<Question>): Question => ({
  raw: { labels: null, scores: [] },
  truth: null,
  task: undefined,
  positive: undefined,
  scoreOrder: 'unknown',
  ...changes,
});

const refusal = (code: string) => expect.objectContaining({ problems: [expect.objectContaining({ code })] });
const codeOf = (changes: Partial<Question>) => {
  try {
    interpretPredictions(question(changes));
    return null;
  } catch (error) {
    return (error as { problems: { code: string }[] }).problems[0]?.code;
  }
};

describe('interpretPredictions', () => {
  it('takes a label with two scores for binary, the last sorted label for positive', () => {
    const raw = {
      labels: [0, 1],
      scores: [
        [0.9, 0.2],
        [0.1, 0.8],
      ],
    };
    expect(interpretPredictions(question({ raw, truth: [0, 1] }))).toEqual({
      task: 'binary',
      prediction: [0, 1],
      positive: 1,
      score: [0.1, 0.8],
      notes: {},
    });
    expect(interpretPredictions(question({ raw, truth: [0, 1], positive: '0' }))).toMatchObject({
      positive: 0,
      score: [0.9, 0.2],
    });
  });

  it('takes a label with more scores for multiclass, in the order of sorted labels', () => {
    const raw = {
      labels: ['a', 'c'],
      scores: [
        [0.8, 0.1],
        [0.1, 0.1],
        [0.1, 0.8],
      ],
    };
    const { task, scores } = interpretPredictions(question({ raw, truth: ['a', 'b'] }));
    expect(task).toBe('multiclass');
    expect(scores?.labels).toEqual(['a', 'b', 'c']);
  });

  it('believes what the model itself predicts over the sorted order', () => {
    const raw = {
      labels: ['z', 'a'],
      scores: [
        [0.9, 0.1],
        [0.1, 0.9],
      ],
    };
    expect(interpretPredictions(question({ raw, truth: ['a', 'z'] }))).toMatchObject({
      positive: 'z',
      score: [0.9, 0.1],
    });
  });

  it('leaves scores out, with a note, where nobody knows whose they are', () => {
    const raw = {
      labels: ['a', 'a'],
      scores: [
        [0.9, 0.8],
        [0.1, 0.1],
        [0, 0.1],
      ],
    };
    const { scores, notes } = interpretPredictions(question({ raw, truth: ['a', 'b'] }));
    expect(scores).toBeUndefined();
    expect(notes.scores).toMatch(/left out/);
  });

  it('takes one number a row for regression, unless told otherwise', () => {
    const raw = { labels: null, scores: [[0.2, 0.8]] };
    expect(interpretPredictions(question({ raw, truth: [0, 1] })).task).toBe('regression');
    expect(interpretPredictions(question({ raw, truth: [0, 1], task: 'binary' }))).toMatchObject({
      task: 'binary',
      prediction: [0, 1],
      score: [0.2, 0.8],
    });
  });

  it('takes the highest of scores without labels', () => {
    const raw = {
      labels: null,
      scores: [
        [0.2, 0.5],
        [0.7, 0.5],
        [0.1, 0],
      ],
    };
    expect(interpretPredictions(question({ raw, truth: ['a', 'b', 'c'] })).prediction).toEqual(['b', 'a']);
    expect(codeOf({ raw, truth: ['a', 'b'] })).toBe('output-unsupported');
  });

  it('never drops a row without an answer', () => {
    const two = [0.1, 0.2];
    expect(codeOf({ raw: { labels: [0, 1], scores: [two, [Number.NaN, 0.8]] }, truth: [0, 1] })).toBe(
      'prediction-not-finite',
    );
    expect(codeOf({ raw: { labels: null, scores: [[1, Number.POSITIVE_INFINITY]] }, truth: [1, 2] })).toBe(
      'prediction-not-finite',
    );
    expect(codeOf({ raw: { labels: ['a', null], scores: [] }, truth: ['a', 'b'] })).toBe('prediction-not-finite');
    expect(() => interpretPredictions(question({ raw: { labels: [Number.NaN], scores: [] }, truth: [1] }))).toThrow(
      refusal('prediction-not-finite'),
    );
  });

  it('compares labels of one kind, and refuses others rather than count every row as wrong', () => {
    const raw = { labels: [0, 1], scores: [] };
    expect(interpretPredictions(question({ raw, truth: [false, true] })).prediction).toEqual([false, true]);
    expect(interpretPredictions(question({ raw, truth: ['0', '1'] })).prediction).toEqual(['0', '1']);
    expect(
      interpretPredictions(question({ raw: { labels: ['0', '1'], scores: [] }, truth: [0, 1] })).prediction,
    ).toEqual([0, 1]);
    expect(codeOf({ raw, truth: ['yes', 'no'] })).toBe('labels-differ');
    expect(codeOf({ raw: { labels: ['yes'], scores: [] }, truth: [1] })).toBe('labels-differ');
  });

  it('does not call three labels binary, nor a positive label that nobody has', () => {
    expect(codeOf({ raw: { labels: [0, 1, 2], scores: [] }, truth: [0, 1, 2], task: 'binary' })).toBe(
      'labels-not-binary',
    );
    expect(codeOf({ raw: { labels: [0, 1], scores: [] }, truth: [0, 1], positive: 'yes' })).toBe('positive-unknown');
  });

  it('takes named score columns in the order of the sorted labels, one a label', () => {
    const raw = {
      labels: ['b', 'a'],
      scores: [
        [0.9, 0.1],
        [0.1, 0.9],
      ],
    };
    const named = { raw, truth: ['a', 'b'], task: 'multiclass', scoreOrder: 'sorted' } as const;
    expect(interpretPredictions(question(named)).scores?.labels).toEqual(['a', 'b']);
    expect(codeOf({ ...named, truth: ['a', 'c'] })).toBe('predictions-scores');
  });

  it('numbers the classes of a model that names none where nobody knows the truth', () => {
    const raw = { labels: null, scores: [[0.2], [0.7], [0.1]] };
    expect(interpretPredictions(question({ raw })).prediction).toEqual([1]);
  });
});
