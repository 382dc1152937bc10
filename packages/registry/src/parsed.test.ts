import { describe, expect, it } from 'vitest';
import { parseEvent } from './events.ts';
import { parseRecord } from './record.ts';

const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;

describe('documents that somebody else wrote', () => {
  it('are refused where walking them would never end well', () => {
    expect(parseRecord(`fraud 1.0.0\n\n{"signature":${deep}}`).ok).toBe(false);
    expect(parseEvent(`{"kind":"registered","more":${deep}}`).ok).toBe(false);
  });

  it('are refused with a time that no clock shows', () => {
    const event = {
      schema: 'model-gitops/event/1',
      kind: 'run-recorded',
      id: 'run-recorded-1',
      model: 'fraud',
      key: 'k',
      run: { id: 'r', key: 'k' },
    };
    expect(parseEvent(JSON.stringify({ ...event, at: '2026-03-01T10:00:00Z' })).ok).toBe(true);
    expect(parseEvent(JSON.stringify({ ...event, at: '2026-13-45T99:99:99Z' })).ok).toBe(false);
  });
});
