import { describe, expect, it } from 'vitest';
import { answerOf, declaredOutputs, problemAnswer } from '../testing/outputs-of.ts';
import { outputs } from './outputs.ts';

const artifacts = [{ path: 'models/fraud/model.onnx', sha256: 'ab' }];
const fraud = {
  schema: 'model-gitops/train/1',
  model: 'fraud',
  run: { id: 'run-1f', artifacts },
  reused: true,
  recorded: true,
};
const churn = { schema: 'model-gitops/train/1', model: 'churn', run: null, reused: false, recorded: false };

describe('the outputs of train-model', () => {
  it('are those of action.yml, and empty where the question could not be asked', () => {
    expect(Object.keys(outputs(problemAnswer))).toEqual(declaredOutputs('train-model'));
    expect(Object.values(outputs(problemAnswer)).join('')).toBe('[]');
  });

  it('name the run and the bytes of the one model that was asked for', () => {
    expect(outputs(answerOf(fraud))).toMatchObject({
      run: 'run-1f',
      reused: 'true',
      recorded: 'true',
      'model-path': 'models/fraud/model.onnx',
      sha256: 'ab',
    });
    expect(outputs(answerOf(churn))).toMatchObject({ run: '', reused: 'false', 'model-path': '' });
  });

  it('list the runs of several', () => {
    const { run, runs } = outputs(answerOf(fraud, churn));
    expect(run).toBe('');
    expect(JSON.parse(runs)).toEqual([
      { model: 'fraud', run: 'run-1f', reused: true, recorded: true, path: 'models/fraud/model.onnx', sha256: 'ab' },
      { model: 'churn', run: null, reused: false, recorded: false, path: null, sha256: null },
    ]);
  });
});
