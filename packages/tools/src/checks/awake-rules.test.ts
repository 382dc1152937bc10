import { describe, expect, it } from 'vitest';
import { judgeBreach, unplantedRules } from './awake-rules.ts';
import { plantedBreaches } from './planted-breaches.ts';

const planted = { rule: 'no-cycles', path: 'packages/git/src/a.ts', text: '' };
const fired = (...rules: readonly string[]) => rules.map((rule) => ({ rule, from: planted.path, to: 'b' }));

describe('a planted breach', () => {
  it('is found by its rule and by no other', () => {
    expect(judgeBreach(planted, fired('no-cycles', 'no-cycles'))).toEqual([]);
    expect(judgeBreach(planted, fired('no-cycles', 'imports-resolve'))).toHaveLength(1);
    expect(judgeBreach(planted, fired('imports-resolve'))).toHaveLength(1);
    expect(judgeBreach(planted, [{ rule: 'no-cycles', from: 'packages/git/src/c.ts', to: 'b' }])).toEqual([
      'packages/git/src/a.ts breaks no-cycles, and no rule fired',
    ]);
  });

  it('is there for each rule', () => {
    const names = plantedBreaches.map(({ rule }) => rule);
    expect(unplantedRules(names)).toEqual([]);
    expect(unplantedRules([...names, 'a-new-rule'])).toEqual(['no breach of a-new-rule is planted']);
  });
});
