import { describe, expect, it } from 'vitest';
import { answerOf, declaredOutputs, problemAnswer } from '../testing/outputs-of.ts';
import { outputs } from './outputs.ts';

const proposal = { kind: 'open-promotion', model: 'fraud', branch: 'model-gitops/promote/fraud/production' };
const fraud = {
  schema: 'model-gitops/promote/1',
  model: 'fraud',
  version: '1.4.0',
  environment: 'production',
  changes: [proposal],
  applied: true,
  merge: 'git merge --no-ff --no-edit origin/model-gitops/promote/fraud/production',
};
const { merge: _, ...withoutMerge } = fraud;
const assigned = { ...withoutMerge, environment: 'staging', changes: [{ kind: 'assign', model: 'fraud' }] };

describe('the outputs of promote-model', () => {
  it('are those of action.yml, and empty where the question could not be asked', () => {
    expect(Object.keys(outputs(problemAnswer))).toEqual(declaredOutputs('promote-model'));
    expect(Object.values(outputs(problemAnswer)).join('')).toBe('[]');
  });

  it.each(['promote', 'rollback', 'archive'])('name what waits for a merge: %s', (operation) => {
    const { changes, ...one } = outputs(answerOf({ ...fraud, schema: `model-gitops/${operation}/1` }));
    expect(one).toEqual({
      version: '1.4.0',
      environment: 'production',
      applied: 'true',
      branch: proposal.branch,
      merge: fraud.merge,
    });
    expect(JSON.parse(changes)).toEqual([proposal]);
  });

  it('name no branch where nothing waits', () => {
    expect(outputs(answerOf(assigned))).toMatchObject({ applied: 'true', branch: '', merge: '' });
  });

  it('list the changes of several', () => {
    const { branch, changes } = outputs(answerOf(fraud, assigned));
    expect(branch).toBe('');
    expect(JSON.parse(changes)).toEqual([proposal, assigned.changes[0]]);
  });
});
