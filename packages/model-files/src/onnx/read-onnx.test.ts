import { describe, expect, it } from 'vitest';
import {
  bytes,
  graph,
  int,
  model,
  node,
  softmaxRegression,
  tensor,
  value,
} from '../../../../examples/penguins/models/penguins/onnx-writer.mjs';
import { readOnnx } from './read-onnx.ts';
import { compareSignatures, signatureOf } from './signature.ts';

const softmax = softmaxRegression({
  mean: [0, 0],
  deviation: [1, 1],
  weights: [
    [1, 0],
    [0, 1],
  ],
  bias: [0, 0],
  labels: ['a', 'b'],
});

function read(file: Uint8Array) {
  const answer = readOnnx(file);
  if (!answer.ok) throw new Error(answer.problem.message);
  return answer.value;
}

describe('readOnnx', () => {
  it('tells inputs, outputs, operators and where the file comes from', () => {
    expect(read(softmax)).toMatchObject({
      irVersion: 8,
      producer: { name: 'penguins', version: '' },
      operatorSets: [{ domain: '', version: 17 }],
      inputs: [{ name: 'features', kind: 'tensor', type: 'float32', shape: ['N', 2] }],
      outputs: [
        { name: 'label', kind: 'tensor', type: 'string', shape: ['N'] },
        { name: 'probabilities', kind: 'tensor', type: 'float32', shape: ['N', 2] },
      ],
      externalData: [],
      unknownFields: [],
    });
    expect(read(softmax).operators.map(({ type }) => type)).toEqual([
      'Add',
      'ArgMax',
      'Div',
      'Gather',
      'MatMul',
      'Softmax',
      'Sub',
    ]);
  });

  it('leaves out initializers that old exporters list among the inputs', () => {
    const file = model({
      nodes: [node('Add', ['x', 'w'], ['y'])],
      initializers: [tensor('w', 'float32', [1], [1])],
      inputs: [value('x', 'float32', ['N']), value('w', 'float32', [1])],
      outputs: [value('y', 'float32', ['N'])],
    });
    expect(read(file).inputs.map(({ name }) => name)).toEqual(['x']);
  });

  it('finds operators inside subgraphs', () => {
    const branch = graph({
      nodes: [node('Spy', [], ['z'], {}, 'com.acme')],
      inputs: [],
      outputs: [value('z', 'float32', [1])],
    });
    const file = model({
      nodes: [node('If', ['c'], ['y'], { then_branch: { graph: branch }, else_branch: { graph: branch } })],
      inputs: [value('c', 'bool', [])],
      outputs: [value('y', 'float32', [1])],
    });
    expect(read(file).operators).toContainEqual({ domain: 'com.acme', type: 'Spy' });
  });

  it('names what is no tensor by its kind', () => {
    const maps = [bytes(1, 'maps'), bytes(2, [bytes(4, [])])];
    const file = model({ nodes: [], inputs: [value('x', 'float32', ['N'])], outputs: [maps] });
    expect(signatureOf(read(file)).outputs).toEqual([{ name: 'maps', type: 'sequence', shape: null }]);
  });

  it('refuses every proper beginning of a model', () => {
    for (let length = 0; length < softmax.length; length++)
      expect(readOnnx(softmax.subarray(0, length)).ok, `${length} bytes`).toBe(false);
  });

  it('refuses what is something else', () => {
    for (const text of ['', 'version https://git-lfs.github.com/spec/v1\n', '{}', '\0\0\0\0'])
      expect(readOnnx(new TextEncoder().encode(text)).ok).toBe(false);
  });

  it('refuses subgraphs without end', () => {
    let inner = graph({ nodes: [], inputs: [], outputs: [] });
    for (let depth = 0; depth < 100; depth++)
      inner = graph({ nodes: [node('If', [], [], { then_branch: { graph: inner } })], inputs: [], outputs: [] });
    const file = model({
      nodes: [node('If', [], [], { then_branch: { graph: inner } })],
      inputs: [],
      outputs: [value('y', 'float32', [1])],
    });
    expect(readOnnx(file)).toMatchObject({ ok: false, problem: { code: 'onnx-damaged' } });
  });

  it('notices fields that ONNX does not have', () => {
    const appended = new Uint8Array([...softmax, ...int(99, 1)]);
    expect(read(appended).unknownFields).toEqual([99]);
  });
});

describe('signatures', () => {
  const signature = signatureOf(read(softmax));

  it('hold what callers see, and free dimensions without their names', () => {
    expect(signature).toEqual({
      inputs: [{ name: 'features', type: 'float32', shape: [null, 2] }],
      outputs: [
        { name: 'label', type: 'string', shape: [null] },
        { name: 'probabilities', type: 'float32', shape: [null, 2] },
      ],
    });
  });

  it('are equal to themselves, and say what differs from others', () => {
    expect(compareSignatures(signature, signature)).toEqual([]);
    const other = {
      inputs: [{ name: 'features', type: 'float32', shape: [null, 3] }],
      outputs: signature.outputs.slice(1),
    };
    expect(compareSignatures(signature, other)).toEqual([
      'input features: float32[?, 2] is now features: float32[?, 3]',
      'output label: string[?] is now probabilities: float32[?, 2]',
      'output probabilities: float32[?, 2] is gone',
    ]);
  });
});
