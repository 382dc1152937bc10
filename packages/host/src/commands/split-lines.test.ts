import { describe, expect, it } from 'vitest';
import { longestLine, splitLines } from './split-lines.ts';

function linesOf(...chunks: readonly (string | Uint8Array)[]): string[] {
  const lines: string[] = [];
  const { write, end } = splitLines((line) => lines.push(line));
  for (const chunk of chunks) write(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk);
  end();
  return lines;
}

describe('lines of a stream', () => {
  it('are the same however the bytes are cut', () => {
    const text = 'erste\r\nzweite Größe 🐧\n\nlast';
    const bytes = new TextEncoder().encode(text);
    const expected = ['erste', 'zweite Größe 🐧', '', 'last'];
    expect(linesOf(text)).toEqual(expected);
    for (let size = 1; size < 9; size += 1) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      );
      expect(linesOf(...chunks)).toEqual(expected);
    }
  });
  it('are none of nothing, and one of a line without an end', () => {
    expect(linesOf()).toEqual([]);
    expect(linesOf('a\n')).toEqual(['a']);
    expect(linesOf('a')).toEqual(['a']);
  });
  it('show of a progress bar what a terminal would show last', () => {
    expect(linesOf('10 %\r50 %\r', '100 %\nready\n')).toEqual(['100 %', 'ready']);
    expect(linesOf('10 %', '\r', '20 %', '\r')).toEqual(['20 %']);
  });
  it('are cut where they are too long, and the next one is whole', () => {
    const [long, next] = linesOf('x'.repeat(longestLine), 'y'.repeat(100_000), '\nnext\n');
    expect(long).toBe(`${'x'.repeat(longestLine)}…`);
    expect(next).toBe('next');
    expect(linesOf('x'.repeat(longestLine))).toEqual(['x'.repeat(longestLine)]);
  });
});
