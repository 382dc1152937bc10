import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { shellCommands } from '@model-gitops/host';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandRunnerContract } from './command-runner.ts';

const command = (script: string) => `"${process.execPath}" -e "${script}"`;
const { PATH = '' } = process.env;

commandRunnerContract('the shell', async (environment) => {
  const root = await mkdtemp(join(tmpdir(), 'command-runner-'));
  await mkdir(join(root, 'models'));
  return {
    runner: shellCommands({ repositoryRoot: root, environment: { PATH, ...environment } }),
    command,
    close: () => rm(root, { recursive: true }),
  };
});

describe.skipIf(process.platform === 'win32')('the shell', () => {
  let root = '';
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'command-runner-'));
  });
  afterAll(() => rm(root, { recursive: true }));

  const linesOf = async (line: string, environment: Record<string, string> = { PATH }) => {
    const lines: string[] = [];
    const runner = shellCommands({ repositoryRoot: root, environment });
    const result = await runner.run({ command: line, cwd: '', env: {}, onLine: (text) => lines.push(text) });
    return { ...result, lines };
  };

  it('keeps the order of both streams', async () => {
    const { lines } = await linesOf('for i in 1 2 3 4 5 6 7 8 9; do echo "out $i"; echo "err $i" >&2; done');
    expect(lines).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((i) => [`out ${i}`, `err ${i}`]));
  });

  it('takes the line as the user wrote it', async () => {
    const { lines, exitCode } = await linesOf(`X='a b' && echo "$X" '"quoted"' $((1 + 2)) | cat # remark\nexit 4`);
    expect(lines).toEqual(['a b "quoted" 3']);
    expect(exitCode).toBe(4);
  });

  it('says the exit code of a signal as shells do', async () => {
    expect((await linesOf('kill -KILL $$')).exitCode).toBe(137);
    expect((await linesOf('no-such-program-at-all')).exitCode).toBe(127);
  });

  it('does not wait for what a command leaves in the background', async () => {
    const { seconds, lines } = await linesOf('sleep 30 & echo done');
    expect(lines).toEqual(['done']);
    expect(seconds).toBeLessThan(10);
  });

  it('stands a program that prints a great deal, in one line or in many', async () => {
    const script =
      'process.stdout.write(Buffer.alloc(20_000_000, 120)); for (let i = 0; i < 200000; i++) console.log(i)';
    const before = process.memoryUsage().heapUsed;
    const { lastLines, exitCode } = await shellCommands({ repositoryRoot: root, environment: { PATH } }).run({
      command: command(script),
      cwd: '',
      env: {},
    });
    expect(exitCode).toBe(0);
    expect(lastLines.at(-1)).toBe('199999');
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(100_000_000);
  });

  it('hides the values of secrets in what a command prints', async () => {
    const { lines, lastLines } = await linesOf('echo "key is $HF_TOKEN"; exit 1', { PATH, HF_TOKEN: 'hf_abcdefghijk' });
    expect(lines).toEqual(['key is ***']);
    expect(lastLines).toEqual(['key is ***']);
  });

  it('says that there is no shell', async () => {
    const missing = linesOf('true', { PATH: '/nonexistent' });
    await expect(missing).rejects.toMatchObject({ kind: 'could-not-run', problems: [{ code: 'shell-missing' }] });
  });

  it('says that a line cannot be run at all', async () => {
    await expect(linesOf('echo \0')).rejects.toMatchObject({ problems: [{ code: 'command-not-started' }] });
  });

  const isAlive = (pid: number) => {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  };

  it.each([
    ['SIGINT', ''],
    ['SIGTERM', 'trap "" INT TERM\n'],
  ] as const)('ends the command and all that it started when we get %s, after %j', async (signal, trap) => {
    await writeFile(join(root, 'train.sh'), `${trap}sleep 60 &\necho "$$ $!"\nwait\nsleep 60\n`);
    const program = fileURLToPath(new URL('./signalled-command.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', program, root, 'sh train.sh'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    await expect.poll(() => output, { timeout: 20_000 }).toContain('\n');
    const started = output.trim().split(' ').map(Number);
    expect(started.map(isAlive)).toEqual([true, true]);
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([null, signal]);
    expect(output).not.toContain('not reached');
    await expect.poll(() => started.map(isAlive), { timeout: 5000 }).toEqual([false, false]);
  });
});
