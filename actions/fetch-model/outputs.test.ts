import { describe, expect, it } from 'vitest';
import { answerOf, declaredOutputs, problemAnswer } from '../testing/outputs-of.ts';
import { outputs } from './outputs.ts';

const file = { name: 'model.onnx', path: '/srv/model/model.onnx', sha256: 'ab', size: 7 };
const fraud = {
  schema: 'model-gitops/pull/1',
  model: 'fraud',
  version: '1.4.0',
  digest: 'sha256:ab',
  files: [file],
  approved: null,
};

describe('the outputs of fetch-model', () => {
  it('are those of action.yml, and empty where the question could not be asked', () => {
    expect(Object.keys(outputs(problemAnswer))).toEqual(declaredOutputs('fetch-model'));
    expect(Object.values(outputs(problemAnswer)).join('')).toBe('');
  });

  it('name the file and what it is', () => {
    expect(outputs(answerOf(fraud))).toEqual({
      name: 'fraud',
      version: '1.4.0',
      digest: 'sha256:ab',
      path: file.path,
      approved: 'unknown',
      files: JSON.stringify([file]),
    });
  });

  it.each([
    [true, 'true'],
    [false, 'false'],
    [null, 'unknown'],
  ])('never tell an unknown approval as one: %s', (approved, text) => {
    expect(outputs(answerOf({ ...fraud, approved })).approved).toBe(text);
  });
});
