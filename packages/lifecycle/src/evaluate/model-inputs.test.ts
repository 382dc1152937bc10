import { describe, expect, it } from 'vitest';
import type { TensorInfo } from '../ports/index.ts';
import { planInputs, tensorsOfRows } from './model-inputs.ts';
import { readOutputs } from './model-outputs.ts';

const input = (name: string, type: TensorInfo['type'], shape: TensorInfo['shape']): TensorInfo => ({
  name,
  type,
  shape,
});
const codeOf = (attempt: () => unknown) => {
  try {
    attempt();
    return null;
  } catch (error) {
    return (error as { problems: { code: string; message: string }[] }).problems[0];
  }
};

describe('planInputs', () => {
  it('puts all columns into one tensor, in order', () => {
    const plan = planInputs([input('x', 'float32', [null, 2])], ['b', 'a']);
    const table = { a: [1, 2, 3], b: [10, null, true] };
    expect(tensorsOfRows(plan, table, 0, 3)).toEqual({
      x: { type: 'float32', shape: [3, 2], data: [10, 1, Number.NaN, 2, 1, 3] },
    });
  });

  it('gives each of several inputs the column of its name', () => {
    const plan = planInputs([input('n', 'int64', [null, 1]), input('t', 'string', [null])], ['t', 'n', 'other']);
    expect(tensorsOfRows(plan, { n: [1, 2n], t: ['x', null] }, 0, 2)).toEqual({
      n: { type: 'int64', shape: [2, 1], data: [1n, 2n] },
      t: { type: 'string', shape: [2], data: ['x', ''] },
    });
  });

  it('hands over one row a call where the model takes no more', () => {
    expect(planInputs([input('x', 'float32', [1, 1])], ['a']).batch).toBe(1);
    expect(codeOf(() => planInputs([input('x', 'float32', [32, 1])], ['a']))?.code).toBe('input-unsupported');
    expect(codeOf(() => planInputs([input('x', 'float32', [null, 3, 8, 8])], ['a']))?.code).toBe('input-unsupported');
  });

  it('never lets a model read another number of columns, or a column by a name that is not there', () => {
    expect(codeOf(() => planInputs([input('x', 'float32', [null, 3])], ['a', 'b']))).toMatchObject({
      code: 'features-mismatch',
      message: 'The model takes 3 features, but the table gives 2: a, b.',
    });
    const named = [input('a', 'float32', [null, 1]), input('z', 'float32', [null, 1])];
    expect(codeOf(() => planInputs(named, ['a', 'b']))?.code).toBe('features-mismatch');
  });

  it('reads no text as a number and no fraction as a whole one', () => {
    const float = planInputs([input('x', 'float32', [null, 1])], ['a']);
    expect(codeOf(() => tensorsOfRows(float, { a: [1, '2'] }, 0, 2))).toMatchObject({
      code: 'feature-unsuitable',
      message: 'Row 2 of column a is no number, which the model takes.',
    });
    const whole = planInputs([input('x', 'int64', [null, 1])], ['a']);
    for (const cell of [1.5, null, 'x', Number.NaN])
      expect(codeOf(() => tensorsOfRows(whole, { a: [cell] }, 0, 1))?.code).toBe('feature-unsuitable');
  });
});

describe('readOutputs', () => {
  it('finds label and scores by their type, and gives safe integers as numbers', () => {
    const label = { type: 'int64', shape: [2], data: [1n, 2n ** 60n] } as const;
    const scores = { type: 'float32', shape: [2, 2], data: [0.25, 0.75, 1, 0] } as const;
    expect(readOutputs([scores, label], 2)).toEqual({
      labels: [1, 2n ** 60n],
      scores: [
        [0.25, 1],
        [0.75, 0],
      ],
    });
  });

  it('counts values where a declared shape is wrong', () => {
    const label = { type: 'string', shape: [1, 3], data: ['a', 'b', 'c'] } as const;
    expect(readOutputs([label], 3).labels).toEqual(['a', 'b', 'c']);
  });

  it('refuses outputs that are not one answer a row', () => {
    const image = { type: 'float32', shape: [1, 3], data: [1, 2, 3] } as const;
    expect(codeOf(() => readOutputs([image], 2))?.code).toBe('output-unsupported');
  });
});
