import { describe, expect, it } from 'vitest';
import { budgetBytes, judgeSize } from './download-size.ts';
import { renderCheck, runCheck } from './run-checks.ts';

describe('a check', () => {
  it('is a line where all is well', async () => {
    const result = await runCheck({ name: 'types', mend: 'npm run types', find: async () => [] }, '.');
    expect(renderCheck({ ...result, seconds: 4.13 })).toBe('✓ types                      4.1 s');
  });

  it('tells what was found and what mends it', () => {
    const found = ['a.ts is wrong'];
    expect(renderCheck({ name: 'types', mend: 'npm run types', found, seconds: 0 })).toBe(
      '✗ types                      0.0 s\n    a.ts is wrong\n  mend: npm run types',
    );
  });

  it('has not been passed where it broke', async () => {
    const broken = async () => Promise.reject(new Error('no such file'));
    const { found } = await runCheck({ name: 'types', mend: '', find: broken }, '.');
    expect(found).toHaveLength(1);
    expect(found[0]).toContain('no such file');
  });

  it('of the size has a budget', () => {
    expect(judgeSize(budgetBytes)).toEqual([]);
    expect(judgeSize(budgetBytes + 1)).toHaveLength(1);
  });
});
