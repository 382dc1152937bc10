import { describe, expect, it } from 'vitest';
import { judgeStart } from './dist-starts.ts';

const ended = (code: number, stdout: string, stderr = '') => judgeStart('train.js', { code, stdout, stderr });

describe('a stub in an empty folder', () => {
  it('tells a problem and ends with 2', () => {
    expect(ended(2, '::error::There is no repository here.\n')).toEqual([]);
  });

  it('has not started where a module is missing or a stack is shown', () => {
    expect(ended(1, '', "Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'yaml'")).toHaveLength(1);
    expect(ended(2, '::error::x', '\n    at main (file:///a/dist/bundle/1.index.js:3:17)')).toHaveLength(1);
  });

  it('has failed with any other exit code, and where it says nothing', () => {
    expect(ended(4, '::error::a defect')).toHaveLength(1);
    expect(ended(0, '')).toHaveLength(1);
    expect(ended(2, 'oh')).toEqual(['train.js told no problem']);
  });
});
