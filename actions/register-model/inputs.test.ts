import { describe, expect, it } from 'vitest';
import { readWith, refusalOf } from '../testing/read-with.ts';
import { Inputs } from './inputs.ts';

const read = (given: Record<string, string> = {}) => readWith('register-model', Inputs, given);
const refusal = (given: Record<string, string>) => refusalOf('register-model', Inputs, given);

describe('the inputs of register-model', () => {
  it('leave the version to the rule, unless the step says otherwise', () => {
    expect(read()).toMatchObject({ model: ['all'], version: null, 'dry-run': false, store: null });
    const given = { model: 'fraud', version: '1.4.0', 'dry-run': 'true', store: 'dir:/srv/models' };
    expect(read(given)).toMatchObject({ ...given, model: ['fraud'], 'dry-run': true });
  });

  it.each([
    [{ 'dry-run': 'maybe' }, /^Input "dry-run" is "maybe": .*true/],
    [{ 'dry-run': '' }, /^Input "dry-run" is empty: .*true/],
  ])('are refused with their name and what they take: %j', (given, message) => {
    expect(refusal(given)).toMatch(message);
  });
});
