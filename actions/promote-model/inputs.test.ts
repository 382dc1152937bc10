import { describe, expect, it } from 'vitest';
import { readWith, refusalOf } from '../testing/read-with.ts';
import { Inputs } from './inputs.ts';

const read = (given: Record<string, string> = {}) => readWith('promote-model', Inputs, given);
const refusal = (given: Record<string, string>) => refusalOf('promote-model', Inputs, given);

describe('the inputs of promote-model', () => {
  it('promote the newest version, unless the step says otherwise', () => {
    expect(read({ model: 'fraud', environment: 'staging' })).toMatchObject({
      model: ['fraud'],
      operation: 'promote',
      version: null,
      environment: 'staging',
      'dry-run': false,
    });
    const archive = { model: 'fraud', operation: 'archive', version: '1.0.0' };
    expect(read(archive)).toMatchObject({ operation: 'archive', version: '1.0.0', environment: null });
  });

  it.each([
    [{}, 'Input "model" is empty: must name a model, or "all".'],
    [{ model: 'fraud' }, 'Input "environment" is empty: must be given to promote.'],
    [{ model: 'fraud', operation: 'rollback' }, 'Input "environment" is empty: must be given to rollback.'],
    [{ model: 'fraud', operation: 'archive' }, 'Input "version" is empty: must be given to archive.'],
    [{ model: 'fraud', operation: 'delete' }, /^Input "operation" is "delete": .*promote/],
    [{ model: 'fraud', environment: 'staging', 'dry-run': 'no' }, /^Input "dry-run" is "no": .*true/],
  ])('are refused with their name and what they take: %j', (given, message) => {
    expect(refusal(given)).toMatch(message);
  });
});
