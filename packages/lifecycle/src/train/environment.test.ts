import { describe, expect, it } from 'vitest';
import type { CommandRunner } from '../ports/index.ts';
import { describeEnvironment } from './environment.ts';

/** A machine that answers some questions and remembers what it was asked. */
function machine(answers: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const commands: CommandRunner = {
    async run({ command }) {
      asked.push(command);
      const answer = answers[command];
      return { exitCode: answer === undefined ? 127 : 0, lastLines: answer === undefined ? [] : [answer], seconds: 0 };
    },
  };
  return { asked, commands };
}

describe('describeEnvironment', () => {
  it.each([
    ['python train.py', 'python'],
    ['python3.13 -m fraud.train', 'python3.13'],
    ['.venv/bin/python train.py', '.venv/bin/python'],
    ['OMP_NUM_THREADS=1 python train.py', 'OMP_NUM_THREADS=1 python'],
    ['uv run python train.py', 'uv run python'],
    ['pip install -r requirements.txt && python train.py', 'python'],
    ['mkdir -p out; Rscript train.R', 'Rscript'],
  ])('asks the interpreter of %s, and runs nothing else twice', async (command, program) => {
    const { asked, commands } = machine({ [`${program} --version`]: 'Language 1.2.3', 'uname -sm': 'Linux x86_64' });
    const environment = await describeEnvironment({ command, cwd: '', locks: [] }, commands);
    expect(environment).toEqual({ runtime: 'Language 1.2.3', platform: 'Linux x86_64', locks: [] });
    expect(asked).toEqual([`${program} --version`, 'uname -sm']);
  });

  it('names a program that only says a number', async () => {
    const { commands } = machine({ 'node --version': 'v22.1.0' });
    const { runtime } = await describeEnvironment({ command: 'node train.mjs', cwd: '', locks: [] }, commands);
    expect(runtime).toBe('node v22.1.0');
  });

  it.each(['make train', './train', 'echo "python x"', 'cat $(python x)', 'nodejs-thing x', ''])(
    'does not guess what runs %s',
    async (command) => {
      const { asked, commands } = machine({});
      const environment = await describeEnvironment({ command, cwd: '', locks: [] }, commands);
      expect(environment).toMatchObject({ runtime: 'unknown', platform: 'unknown' });
      expect(asked).toEqual(['uname -sm']);
    },
  );
});
