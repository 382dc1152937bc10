import { describe, expect, it } from 'vitest';
import { readWith, refusalOf } from '../testing/read-with.ts';
import { Inputs } from './inputs.ts';

const read = (given: Record<string, string> = {}) => readWith('evaluate-model', Inputs, given);
const refusal = (given: Record<string, string>) => refusalOf('evaluate-model', Inputs, given);

describe('the inputs of evaluate-model', () => {
  it('draw from seed 0, unless the step says otherwise', () => {
    expect(read()).toMatchObject({ model: ['all'], seed: 0, 'on-inconclusive': 'fail' });
    expect(read({ seed: '3', 'on-inconclusive': 'pass' })).toMatchObject({ seed: 3, 'on-inconclusive': 'pass' });
  });

  it('comment where there is something to say, unless the step says otherwise', () => {
    expect(read()).toMatchObject({ comment: 'changes', 'comment-key': null });
    expect(read({ comment: 'never', 'comment-key': 'nightly' })).toMatchObject({
      comment: 'never',
      'comment-key': 'nightly',
    });
    expect(refusal({ comment: 'sometimes' })).toMatch(/^Input "comment" is "sometimes": .*changes/);
  });

  it.each([
    [{ seed: '' }, 'Input "seed" is empty: must be a whole number.'],
    [{ seed: '1.5' }, 'Input "seed" is "1.5": must be a whole number.'],
  ])('are refused with their name and what they take: %j', (given, message) => {
    expect(refusal(given)).toBe(message);
  });
});
