import { describe, expect, it } from 'vitest';
import { answerOf, declaredOutputs, problemAnswer } from '../testing/outputs-of.ts';
import { outputs } from './outputs.ts';

describe('the outputs of reconcile', () => {
  it('are those of action.yml, and empty where the question could not be asked', () => {
    expect(Object.keys(outputs(problemAnswer))).toEqual(declaredOutputs('reconcile'));
    expect(outputs(problemAnswer)).toEqual({ applied: '', changes: '[]' });
  });

  it('say whether something was changed, and what', () => {
    const changes = [{ kind: 'assign', model: 'fraud', reason: 'newer' }];
    const document = { schema: 'model-gitops/reconcile/1', applied: true, changes };
    expect(outputs(answerOf(document))).toEqual({ applied: 'true', changes: JSON.stringify(changes) });
  });
});
