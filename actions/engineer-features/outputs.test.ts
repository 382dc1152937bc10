import { describe, expect, it } from 'vitest';
import { answerOf, declaredOutputs, problemAnswer } from '../testing/outputs-of.ts';
import { outputs } from './outputs.ts';

const fraud = {
  schema: 'model-gitops/features/1',
  model: 'fraud',
  cached: true,
  outputs: [
    { name: 'train', path: '.model-gitops/fraud/features/train.csv' },
    { name: 'test', path: '.model-gitops/fraud/features/test.csv' },
  ],
};

describe('the outputs of engineer-features', () => {
  it('are those of action.yml, and empty where the question could not be asked', () => {
    expect(Object.keys(outputs(problemAnswer))).toEqual(declaredOutputs('engineer-features'));
    expect(Object.values(outputs(problemAnswer)).join('')).toBe('');
  });

  it('name the tables of the one model that was asked for', () => {
    expect(outputs(answerOf(fraud))).toEqual({
      cached: 'true',
      'train-path': '.model-gitops/fraud/features/train.csv',
      'test-path': '.model-gitops/fraud/features/test.csv',
    });
    expect(outputs(answerOf(fraud, fraud))).toEqual({ cached: '', 'train-path': '', 'test-path': '' });
  });

  it('leave out the table that a model does not have', () => {
    expect(outputs(answerOf({ ...fraud, outputs: fraud.outputs.slice(1) }))).toMatchObject({ 'train-path': '' });
  });
});
