import { describe, expect, it } from 'vitest';
import { model, node, value } from '../../../examples/penguins/models/penguins/onnx-writer.mjs';
import { identifyFormat } from './identify-format.ts';

const latin = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const onnx = model({
  nodes: [node('Identity', ['a'], ['b'])],
  inputs: [value('a', 'float32', ['N'])],
  outputs: [value('b', 'float32', ['N'])],
});

/** A local file header of a zip with that member name. */
const zip = (member: string) =>
  latin(`PK\x03\x04${'\0'.repeat(22)}${String.fromCharCode(member.length)}\0\0\0${member}`);

describe('identifyFormat', () => {
  it.each([
    ['an ONNX model', onnx, 'onnx'],
    ['a pickle of protocol 4', latin('\x80\x04\x95\x0a\0\0\0\0\0\0\0'), 'pickle'],
    ['a pickle of protocol 0', latin("cos\nsystem\n(S'true'\ntR."), 'pickle'],
    ['a pickle of protocol 1', latin('}q\0.'), 'pickle'],
    ['a joblib file', latin('\x80\x03cjoblib.numpy_pickle\nNumpyArrayWrapper\n'), 'joblib'],
    ['a PyTorch archive', zip('archive/data.pkl'), 'pytorch'],
    ['a Keras archive', latin(`${String.fromCharCode(...zip('metadata.json'))}{}model.weights.h5`), 'keras'],
    ['a NumPy archive', zip('weights.npy'), 'npz'],
    ['another archive', zip('readme.txt'), 'zip'],
    ['an HDF5 file', latin('\x89HDF\r\n\x1a\n'), 'hdf5'],
    ['a NumPy array', latin('\x93NUMPY\x01\0'), 'npy'],
    ['a GGUF file', latin('GGUF\x03\0\0\0'), 'gguf'],
    ['safetensors', latin('\x02\0\0\0\0\0\0\0{}'), 'safetensors'],
    ['a gzip stream', latin('\x1f\x8b\x08\0'), 'compressed'],
    ['text', latin('hello, world'), 'unknown'],
    ['nothing', latin(''), 'unknown'],
  ] as const)('knows %s by its bytes, whatever its name', (_, bytes, format) => {
    expect(identifyFormat(bytes, 'model.bin')).toBe(format);
    expect(identifyFormat(bytes, 'model.h5')).toBe(format);
  });

  it('is not deceived by an extension', () => {
    expect(identifyFormat(latin('\x80\x04\x95'), 'model.onnx')).toBe('pickle');
    expect(identifyFormat(latin("cos\nsystem\n(S'true'\ntR."), 'model.onnx')).toBe('pickle');
    expect(identifyFormat(zip('archive/data.pkl'), 'model.safetensors')).toBe('pytorch');
  });

  it('tells a compressed joblib from other compressed files by its name', () => {
    expect(identifyFormat(latin('x\x9c'), 'model.joblib')).toBe('joblib');
    expect(identifyFormat(latin('\x1f\x8b'), 'model.pkl.gz')).toBe('joblib');
  });

  it('does not take an absurd header length for safetensors', () => {
    expect(identifyFormat(latin('\xff\xff\xff\xff\xff\xff\xff\x7f{'), 'x')).toBe('unknown');
  });
});
