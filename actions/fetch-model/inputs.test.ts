import { describe, expect, it } from 'vitest';
import { readWith, refusalOf } from '../testing/read-with.ts';
import { Inputs } from './inputs.ts';

const read = (given: Record<string, string> = {}) => readWith('fetch-model', Inputs, given);
const refusal = (given: Record<string, string>) => refusalOf('fetch-model', Inputs, given);

describe('the inputs of fetch-model', () => {
  it('write to the folder model, unless the step says otherwise', () => {
    const given = { model: 'fraud@production' };
    expect(read(given)).toMatchObject({ ...given, 'out-path': 'model', at: null, 'allow-unapproved': false });
    const all = { ...given, 'out-path': 'served', at: '2026-10-14T12:00Z', store: 'dir:/srv/models' };
    expect(read({ ...all, 'allow-unapproved': 'true' })).toMatchObject({ ...all, 'allow-unapproved': true });
  });

  it.each([
    [{}, 'Input "model" is empty: must be given.'],
    [{ model: 'fraud', 'out-path': '' }, 'Input "out-path" is empty: must be given.'],
    [{ model: 'fraud', 'allow-unapproved': '1' }, /^Input "allow-unapproved" is "1": .*true/],
  ])('are refused with their name and what they take: %j', (given, message) => {
    expect(refusal(given)).toMatch(message);
  });
});
