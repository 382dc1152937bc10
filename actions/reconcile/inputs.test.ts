import { describe, expect, it } from 'vitest';
import { readWith, refusalOf } from '../testing/read-with.ts';
import { Inputs } from './inputs.ts';

describe('the inputs of reconcile', () => {
  it('change what is to be changed, unless the step says otherwise', () => {
    expect(readWith('reconcile', Inputs)).toMatchObject({ 'dry-run': false, 'fail-on': 'critical' });
    expect(readWith('reconcile', Inputs, { 'dry-run': 'true' })).toMatchObject({ 'dry-run': true });
  });

  it('are refused with their name and what they take', () => {
    expect(refusalOf('reconcile', Inputs, { 'dry-run': 'no' })).toMatch(/^Input "dry-run" is "no": .*true/);
  });
});
