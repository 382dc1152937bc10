import { describe, expect, it } from 'vitest';
import { answerOf, declaredOutputs, problemAnswer } from '../testing/outputs-of.ts';
import { outputs } from './outputs.ts';

const gates = [{ state: 'passed' }, { state: 'failed' }, { state: 'not-applicable' }, { state: 'passed' }];
const evaluation = (modelName: string, accuracy: number | 'NaN') => ({
  schema: 'model-gitops/evaluate/1',
  modelName,
  gates,
  metrics: { accuracy },
});

describe('the outputs of evaluate-model', () => {
  it('are those of action.yml, and empty where the question could not be asked', () => {
    expect(Object.keys(outputs(problemAnswer))).toEqual(declaredOutputs('evaluate-model'));
    expect(Object.values(outputs(problemAnswer)).join('')).toBe('{}');
  });

  it('count gates, and hold the metrics by the name of the model', () => {
    expect(outputs(answerOf(evaluation('fraud', 0.93)))).toEqual({
      'gates-passed': '2',
      'gates-failed': '1',
      metrics: '{"fraud":{"accuracy":0.93}}',
    });
    const several = outputs(answerOf(evaluation('fraud', 0.93), evaluation('churn', 'NaN')));
    expect(several).toMatchObject({ 'gates-passed': '4', 'gates-failed': '2' });
    expect(JSON.parse(several.metrics)).toEqual({ fraud: { accuracy: 0.93 }, churn: { accuracy: 'NaN' } });
  });
});
