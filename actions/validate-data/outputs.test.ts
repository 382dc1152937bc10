import { describe, expect, it } from 'vitest';
import { answerOf, declaredOutputs, problemAnswer } from '../testing/outputs-of.ts';
import { outputs } from './outputs.ts';

const table = (evaluated: number, unsuccessful: number) => ({
  validation: { statistics: { evaluated_expectations: evaluated, unsuccessful_expectations: unsuccessful } },
});
const fraud = { schema: 'model-gitops/validate-data/1', model: 'fraud', datasets: [table(12, 2), table(12, 0)] };
const churn = { schema: 'model-gitops/validate-data/1', model: 'churn', datasets: [table(5, 1)] };

describe('the outputs of validate-data', () => {
  it('are those of action.yml, and empty where the question could not be asked', () => {
    expect(Object.keys(outputs(problemAnswer))).toEqual(declaredOutputs('validate-data'));
    expect(Object.values(outputs(problemAnswer)).join('')).toBe('');
  });

  it('count over all tables of all models', () => {
    expect(outputs(answerOf(fraud))).toEqual({ 'evaluated-expectations': '24', 'unsuccessful-expectations': '2' });
    expect(outputs(answerOf(fraud, churn))).toEqual({
      'evaluated-expectations': '29',
      'unsuccessful-expectations': '3',
    });
  });
});
