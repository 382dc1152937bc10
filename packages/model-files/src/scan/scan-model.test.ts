import { describe, expect, it } from 'vitest';
import { bytes, int, model, node, tensor, value } from '../../../../examples/penguins/models/penguins/onnx-writer.mjs';
import { scanModel } from './scan-model.ts';
import { worstScanVerdict } from './verdict.ts';

const content = {
  nodes: [node('Add', ['x', 'w'], ['y'])],
  inputs: [value('x', 'float32', ['N'])],
  outputs: [value('y', 'float32', ['N'])],
};

/** TensorProto with external data: entries of key and value, data_location EXTERNAL. */
function external(entries: readonly (readonly [string, string])[]) {
  const stored = entries.map(([key, text]) => bytes(13, [bytes(1, key), bytes(2, text)]));
  return [int(1, 1), int(2, 1), bytes(8, 'w'), ...stored, int(14, 1)];
}

const at = (location: string) => model({ ...content, initializers: [external([['location', location]])] });
const scan = (file: Uint8Array, path = 'model.onnx') => scanModel({ path, sha256: '0'.repeat(64), bytes: file });

describe('scanModel on ONNX', () => {
  it('finds an ordinary model safe', () => {
    const file = model({ ...content, initializers: [tensor('w', 'float32', [1], [1])] });
    expect(scan(file)).toMatchObject({ path: 'model.onnx', format: 'onnx', verdict: 'safe', findings: [] });
  });

  it.each([
    '/etc/passwd',
    '../secret',
    'weights/../../secret',
    '..\\secret',
    'C:\\secret',
    '\\\\host\\share',
    '~/secret',
    'weights.bin\0.png',
    'file:///etc/passwd',
    'https://example.com/weights',
    'a\nb',
    '',
    'weights/.. /x',
  ])('finds weights at %j dangerous', (location) => {
    expect(scan(at(location))).toMatchObject({ verdict: 'dangerous', findings: [{ severity: 'critical' }] });
  });

  it('finds weights beside the model safe, and says that the digest does not cover them', () => {
    const { verdict, findings } = scan(at('weights/layer..1.bin'));
    expect(verdict).toBe('safe');
    expect(findings).toMatchObject([{ rule: 'onnx-external-data', severity: 'info' }]);
  });

  it('looks into attributes and sparse tensors for external weights', () => {
    const hidden = external([['location', '/etc/passwd']]);
    const constant = model({
      ...content,
      nodes: [...content.nodes, node('Constant', [], ['c'], { value: { tensor: hidden } })],
    });
    expect(scan(constant).verdict).toBe('dangerous');
    const sparse = model({
      ...content,
      nodes: [[...node('Constant', [], ['c']), bytes(5, [bytes(22, [bytes(1, hidden)])])]],
    });
    expect(scan(sparse).verdict).toBe('dangerous');
  });

  it('refuses odd and repeated keys of external data', () => {
    const odd = external([
      ['location', 'w.bin'],
      ['__class__', 'x'],
    ]);
    expect(scan(model({ ...content, initializers: [odd] })).verdict).toBe('dangerous');
    const twice = external([
      ['location', 'w.bin'],
      ['location', 'v.bin'],
    ]);
    expect(scan(model({ ...content, initializers: [twice] })).verdict).toBe('dangerous');
  });

  it('suspects operators of other domains, and none of the engine’s own', () => {
    const withDomain = (domain: string) => scan(model({ ...content, nodes: [node('Op', ['x'], ['y'], {}, domain)] }));
    expect(withDomain('ai.onnx.contrib')).toMatchObject({
      verdict: 'suspicious',
      findings: [{ where: 'operator ai.onnx.contrib::Op' }],
    });
    expect(withDomain('ai.onnx.ml').verdict).toBe('safe');
    expect(withDomain('com.microsoft').verdict).toBe('safe');
  });

  it('suspects appended bytes', () => {
    expect(scan(new Uint8Array([...model(content), ...bytes(50, 'smuggled')])).verdict).toBe('suspicious');
  });

  it('cannot scan half a model, and says why', () => {
    const half = model(content).subarray(0, 40);
    expect(scan(half)).toMatchObject({ verdict: 'unscannable', findings: [{ rule: 'onnx-damaged' }] });
  });
});

describe('scanModel on other formats', () => {
  it.each([
    ['a pickle', '\x80\x04\x95', 'pickle'],
    ['HDF5', '\x89HDF\r\n\x1a\n', 'hdf5'],
    ['safetensors', '\x02\0\0\0\0\0\0\0{}', 'safetensors'],
    ['text', 'tree\nversion=v4', 'unknown'],
    ['nothing', '', 'unknown'],
  ])('never says safe of %s', (_, text, format) => {
    const file = scan(
      Uint8Array.from(text, (character) => character.charCodeAt(0)),
      'model.bin',
    );
    expect(file).toMatchObject({ format, verdict: 'unscannable' });
    expect(file.findings).toHaveLength(1);
  });
});

it('the worst verdict of none is not safe', () => {
  expect(worstScanVerdict([])).toBe('unscannable');
  expect(worstScanVerdict(['safe', 'suspicious'])).toBe('suspicious');
  expect(worstScanVerdict(['unscannable', 'suspicious'])).toBe('unscannable');
  expect(worstScanVerdict(['dangerous', 'unscannable', 'safe'])).toBe('dangerous');
});
