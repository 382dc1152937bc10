import { describe, expect, it } from 'vitest';
import { readWith, refusalOf } from '../testing/read-with.ts';
import { Inputs } from './inputs.ts';

const read = (given: Record<string, string> = {}) => readWith('train-model', Inputs, given);
const refusal = (given: Record<string, string>) => refusalOf('train-model', Inputs, given);

describe('the inputs of train-model', () => {
  it('leave the seed to model.yaml, unless the step says otherwise', () => {
    expect(read()).toMatchObject({ model: ['all'], reuse: 'auto', seed: null });
    expect(read({ model: 'fraud', reuse: 'never', seed: '42' })).toMatchObject({ reuse: 'never', seed: 42 });
    expect(read({ seed: '0' }).seed).toBe(0);
  });

  it.each([
    [{ seed: 'seven' }, /^Input "seed" is "seven": .*must be a whole number/],
    [{ seed: '-1' }, /^Input "seed" is "-1": .*must be a whole number/],
    [{ seed: '1e3' }, /^Input "seed" is "1e3": .*must be a whole number/],
    [{ reuse: '' }, /^Input "reuse" is empty: .*auto/],
  ])('are refused with their name and what they take: %j', (given, message) => {
    expect(refusal(given)).toMatch(message);
  });
});
