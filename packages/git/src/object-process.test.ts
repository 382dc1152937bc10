import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { createObjectProcess } from './object-process.ts';

/** A program in the place of git, that answers each line of its input. */
function programme(answerOfLine: string, starts: { count: number }) {
  const text = `
    const lines = require('node:readline').createInterface({ input: process.stdin });
    lines.on('line', (line) => { ${answerOfLine} });`;
  return () => {
    starts.count += 1;
    return spawn(process.execPath, ['-e', text]);
  };
}

const missing = "process.stdout.write(line + ' missing\\n')";
const text = (bytes: Uint8Array | null) => (bytes === null ? null : Buffer.from(bytes).toString());

describe('createObjectProcess', () => {
  it('asks one process everything, in order, and starts none before the first question', async () => {
    const starts = { count: 0 };
    const ask = createObjectProcess(programme(missing, starts));
    expect(starts.count).toBe(0);
    const answers = await Promise.all([ask(['a', 'b']), ask(['c'])]);
    expect(answers.map(text)).toEqual(['a missing\nb missing\n', 'c missing\n']);
    expect(text(await ask(['d']))).toBe('d missing\n');
    expect(starts.count).toBe(1);
  });

  it('gives a long answer whole, however it is cut', async () => {
    const slow = "for (const part of (line + ' missing\\n').match(/.{1,7}|\\n/gs)) process.stdout.write(part)";
    const ask = createObjectProcess(programme(slow, { count: 0 }));
    const names = Array.from({ length: 3000 }, (_, index) => `name-${index}`);
    expect(text(await ask(names))).toBe(names.map((name) => `${name} missing\n`).join(''));
  });

  it.each(['process.exit(1)', "process.kill(process.pid, 'SIGKILL')"])(
    'answers nothing once it has ended by %s',
    async (end) => {
      const starts = { count: 0 };
      const ask = createObjectProcess(programme(`if (line === 'bad') ${end}; else ${missing}`, starts));
      expect(text(await ask(['a']))).toBe('a missing\n');
      expect(await ask(['bad'])).toBeNull();
      expect(await ask(['a'])).toBeNull();
      expect(starts.count).toBe(1);
    },
  );

  it('answers nothing where there is no such program', async () => {
    const ask = createObjectProcess(() => spawn('no-such-program-anywhere'));
    expect(await ask(['a'])).toBeNull();
  });
});
