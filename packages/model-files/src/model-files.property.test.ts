import fc from 'fast-check';
import { expect, it } from 'vitest';
import { softmaxRegression } from '../../../examples/penguins/models/penguins/onnx-writer.mjs';
import { identifyFormat, readOnnx, scanModel, signatureOf } from './index.ts';

const seed = 20_260_301;

it('any bytes get an answer, and random ones are never called safe', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 300 }),
      fc.constantFrom('model.onnx', 'model.pkl', 'model'),
      (bytes, path) => {
        expect(identifyFormat(bytes, path)).toBeTypeOf('string');
        expect(scanModel({ path, sha256: '', bytes }).verdict).not.toBe('safe');
      },
    ),
    { seed, numRuns: 500 },
  );
});

it('one changed byte never makes reading fail otherwise than by a problem', () => {
  const file = softmaxRegression({ mean: [0], deviation: [1], weights: [[1, 2]], bias: [0, 0], labels: ['a', 'b'] });
  fc.assert(
    fc.property(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), (index, change) => {
      const changed = Uint8Array.from(file);
      changed[index] = (changed[index] ?? 0) ^ change;
      const read = readOnnx(changed);
      expect(read.ok || read.problem.code === 'onnx-damaged').toBe(true);
    }),
    { seed, numRuns: 500 },
  );
});

it('the signature says what was written', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 2, max: 5 }), (columns, classes) => {
      const numbers = (length: number) => Array.from({ length }, (_, index) => index + 1);
      const read = readOnnx(
        softmaxRegression({
          mean: numbers(columns),
          deviation: numbers(columns),
          weights: numbers(columns).map(() => numbers(classes)),
          bias: numbers(classes),
          labels: numbers(classes),
        }),
      );
      expect(read.ok && signatureOf(read.value)).toEqual({
        inputs: [{ name: 'features', type: 'float32', shape: [null, columns] }],
        outputs: [
          { name: 'label', type: 'int64', shape: [null] },
          { name: 'probabilities', type: 'float32', shape: [null, classes] },
        ],
      });
    }),
    { seed, numRuns: 40 },
  );
});
