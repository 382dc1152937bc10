import { describe, expect, it } from 'vitest';
import { answerOf, declaredOutputs, problemAnswer } from '../testing/outputs-of.ts';
import { outputs } from './outputs.ts';

const fraud = {
  schema: 'model-gitops/register/1',
  model: 'fraud',
  version: '1.4.0',
  tag: 'fraud@v1.4.0',
  digest: 'sha256:ab',
  created: true,
  gates: [],
};
const churn = { ...fraud, model: 'churn', version: null, tag: null, created: false };

describe('the outputs of register-model', () => {
  it('are those of action.yml, and empty where the question could not be asked', () => {
    expect(Object.keys(outputs(problemAnswer))).toEqual(declaredOutputs('register-model'));
    expect(Object.values(outputs(problemAnswer)).join('')).toBe('[]');
  });

  it('name the version of the one model that was asked for', () => {
    const { registered, ...one } = outputs(answerOf(fraud));
    expect(one).toEqual({ version: '1.4.0', tag: 'fraud@v1.4.0', digest: 'sha256:ab', created: 'true' });
    expect(JSON.parse(registered)).toHaveLength(1);
    expect(outputs(answerOf(churn))).toMatchObject({ version: '', tag: '', created: 'false' });
  });

  it('list the versions of several', () => {
    const { version, registered } = outputs(answerOf(fraud, churn));
    expect(version).toBe('');
    expect(JSON.parse(registered)).toEqual([
      { model: 'fraud', version: '1.4.0', tag: 'fraud@v1.4.0', digest: 'sha256:ab', created: true },
      { model: 'churn', version: null, tag: null, digest: 'sha256:ab', created: false },
    ]);
  });
});
