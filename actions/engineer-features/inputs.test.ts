import { describe, expect, it } from 'vitest';
import { readWith, refusalOf } from '../testing/read-with.ts';
import { Inputs } from './inputs.ts';

const read = (given: Record<string, string> = {}) => readWith('engineer-features', Inputs, given);
const refusal = (given: Record<string, string>) => refusalOf('engineer-features', Inputs, given);

describe('the inputs of engineer-features', () => {
  it('reuse what is the same, unless the step says otherwise', () => {
    expect(read()).toMatchObject({ model: ['all'], reuse: 'auto', 'fail-on': 'critical' });
    expect(read({ model: 'fraud', reuse: 'never' })).toMatchObject({ model: ['fraud'], reuse: 'never' });
  });

  it.each([
    [{ reuse: 'always' }, /^Input "reuse" is "always": .*auto/],
    [{ model: ' ' }, 'Input "model" is empty: must name a model, or "all".'],
  ])('are refused with their name and what they take: %j', (given, message) => {
    expect(refusal(given)).toMatch(message);
  });
});
