import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseAction } from '../actions/read-action.ts';
import { compareKeys, judgeDefaults, untestedInputs, unwrittenInputs } from './action-inputs.ts';

const action = parseAction(
  'scan-model',
  `inputs:
  path: { description: what to scan, required: true }
  depth: { description: how deep, default: '3' }
  token: { description: a token, default: '\${{ github.token }}' }
outputs:
  verdict: { description: the worst }
runs: { using: node24, main: ../../dist/actions/scan-model.js }
`,
);
const shape = {
  path: z.string().min(1),
  depth: z.string().regex(/^\d$/),
  token: z.string(),
};

describe('the inputs of an action', () => {
  it('are as they should be where everything agrees', () => {
    expect(compareKeys(action, shape)).toEqual([]);
    expect(judgeDefaults(action, shape)).toEqual([]);
    expect(unwrittenInputs(action, '`path` `depth` `token` `verdict`')).toEqual([]);
    expect(untestedInputs(action, "{ path: 'a', depth: '3', INPUT_TOKEN: 't' }")).toEqual([]);
  });

  it('are read and offered under the same names', () => {
    expect(compareKeys(action, { path: shape.path, depth: shape.depth, tokens: z.string() })).toEqual([
      'actions/scan-model: nothing reads the input token',
      'actions/scan-model/action.yml does not offer the input tokens',
    ]);
  });

  it('have defaults that are accepted', () => {
    const strict = { ...shape, depth: z.enum(['one', 'two']) };
    expect(judgeDefaults(action, strict)).toEqual([
      'actions/scan-model: depth is not required, but its default "3" is refused',
    ]);
  });

  it('are required in both places, or in none', () => {
    expect(judgeDefaults(action, { ...shape, path: z.string() })).toEqual([
      'actions/scan-model: path is required, but may be left empty',
    ]);
    expect(judgeDefaults(action, { ...shape, token: z.string().min(1) })).toHaveLength(1);
  });

  it('are written about and tested', () => {
    expect(unwrittenInputs(action, '`path` `token`')).toEqual([
      'actions/scan-model/README.md does not name depth',
      'actions/scan-model/README.md does not name verdict',
    ]);
    expect(untestedInputs(action, "{ path: 'a', depth: '3' }")).toEqual([
      'actions/scan-model: no test sets the input token',
    ]);
  });
});
