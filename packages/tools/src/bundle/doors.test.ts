import { describe, expect, it } from 'vitest';
import { renderActionStub, renderCommandLineStub, renderEntry } from './doors.ts';

describe('the entry of the bundle', () => {
  it('opens each door by an import of its own', () => {
    const entry = renderEntry(['train-model', 'validate-data']);
    expect(entry).toContain("'train-model': () => import('../../actions/train-model/main.ts'),");
    expect(entry.match(/import\('/g)).toHaveLength(3);
    expect(entry).not.toMatch(/^import /m);
  });

  it('is reached by stubs of a few lines', () => {
    expect(renderActionStub('train-model').split('\n').length).toBeLessThan(6);
    expect(renderCommandLineStub().startsWith('#!/usr/bin/env node\n')).toBe(true);
  });
});
