import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeGates } from './judge-gates.ts';

const position = { file: 'model.yaml', line: 1, column: 1 };

/** Gates of many shapes over the figures a, b (metrics) and c (fairness); each names all three. */
const shapes = [
  'metrics.a > 0.1 && metrics.b > 0.1 && fairness.g.c > 0.1',
  '!(metrics.a < 0.1) && !(metrics.b < 0.1) && !(fairness.g.c < 0.1)',
  'metrics.a > 0.1 || metrics.b > 0.1 || fairness.g.c > 0.1 || true',
  'metrics.a > 0.1 ? true : metrics.b > fairness.g.c || true',
  'metrics.a != metrics.b || metrics.a == metrics.b || fairness.g.c != 7',
  'metrics["a"] - metrics["b"] + fairness["g"]["c"] >= -100',
  'metrics.a * 0 == 0 || metrics.b * 0 == 0 || fairness.g.c * 0 == 0',
  '!(metrics.a > 5) || !(metrics.b > 5) || !(fairness.g.c > 5)',
  'metrics.a in [metrics.b, fairness.g.c, 1] || true',
] as const;

const broken = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  null,
  undefined,
  'NaN',
  '0.9',
  true,
  {},
  [],
  [1],
] as const;
const places = ['a', 'b', 'c'] as const;

function factsOf(figures: Readonly<Record<(typeof places)[number], unknown>>) {
  const present = (entries: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));
  return {
    current: { metrics: present({ a: figures.a, b: figures.b }), fairness: { g: present({ c: figures.c }) } },
    environments: {},
  };
}

const figure = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 });

describe('gates', () => {
  it('never pass when a figure that they name is broken', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...shapes),
        fc.record({ a: figure, b: figure, c: figure }),
        fc.constantFrom(...places),
        fc.constantFrom(...broken),
        (expression, figures, place, value) => {
          const [gate] = judgeGates(
            [{ expression, level: 'error', position }],
            factsOf({ ...figures, [place]: value }),
          );
          expect(gate).toMatchObject({ passed: false, state: 'failed' });
        },
      ),
      { seed: 20260301, numRuns: 3000 },
    );
  });

  it('answer what CEL answers where every figure is finite', () => {
    fc.assert(
      fc.property(figure, figure, (a, b) => {
        const facts = { current: { metrics: { a, b } }, environments: {} };
        const [gate] = judgeGates([{ expression: 'metrics.a >= metrics.b', level: 'error', position }], facts);
        expect(gate?.passed).toBe(a >= b);
      }),
      { seed: 20260301, numRuns: 500 },
    );
  });
});
