import type { CommandRunner } from '@model-gitops/lifecycle';
import { describe, expect, it } from 'vitest';

/** A runner for a repository that has a folder `models`. Commands are `node -e` with a script, so that any shell has them. */
export interface OpenRunner {
  readonly runner: CommandRunner;
  /** A command line that runs a script of JavaScript without double quotes, dollars and backslashes. */
  readonly command: (script: string) => string;
  readonly close: () => Promise<void>;
}

type Open = (environment: Readonly<Record<string, string>>) => Promise<OpenRunner>;

const secret = 'ghs_0123456789abcdef';

/** What a runner gives to an action, and no command of a user may see. */
const hidden = {
  INPUT_MODEL: 'all',
  'INPUT_GITHUB-TOKEN': secret,
  ACTIONS_RUNTIME_TOKEN: 'runtime-token',
  ACTIONS_RESULTS_URL: 'https://results.example',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'id-token-request',
  ACTIONS_CACHE_URL: 'https://cache.example',
  GITHUB_TOKEN: secret,
  GH_TOKEN: secret,
  GH_ENTERPRISE_TOKEN: 'enterprise-token',
  GITHUB_OUTPUT: '/runner/output',
  GITHUB_ENV: '/runner/env',
  GITHUB_PATH: '/runner/path',
  GITHUB_STEP_SUMMARY: '/runner/summary',
  GITHUB_STATE: '/runner/state',
  DEPLOY_KEY_COPIED_FROM_THE_TOKEN: secret,
  BASIC: `https://x-access-token:${secret}@github.example/`,
};

const kept = {
  GITHUB_SHA: 'abc',
  GITHUB_REPOSITORY: 'acme/fraud',
  RUNNER_OS: 'Linux',
  HF_TOKEN: 'hf_abcdefghijk',
  SEED: '7',
};

/** The laws that every CommandRunner keeps. */
export function commandRunnerContract(name: string, open: Open) {
  const holds = (title: string, check: (opened: OpenRunner) => Promise<void>, environment = {}) =>
    it(title, async () => {
      const opened = await open(environment);
      await check(opened).finally(opened.close);
    });
  const run = ({ runner, command }: OpenRunner, script: string, env: Record<string, string> = {}) =>
    runner.run({ command: command(script), cwd: '', env });

  describe(`${name} is a CommandRunner`, () => {
    holds('answers with the exit code: a command that fails is a result', async (opened) => {
      expect((await run(opened, 'process.exit(0)')).exitCode).toBe(0);
      expect((await run(opened, 'process.exit(7)')).exitCode).toBe(7);
    });
    holds('measures how long it took', async (opened) => {
      const { seconds } = await run(opened, 'setTimeout(() => 0, 200)');
      expect(seconds).toBeGreaterThan(0.19);
      expect(seconds).toBeLessThan(30);
    });
    holds('gives each line as it comes, and keeps the last twenty', async (opened) => {
      const lines: string[] = [];
      const command = opened.command('for (let i = 0; i < 50; i++) console.log(i)');
      const result = await opened.runner.run({ command, cwd: '', env: {}, onLine: (line) => lines.push(line) });
      expect(lines).toEqual(Array.from({ length: 50 }, (_, index) => String(index)));
      expect(result.lastLines).toEqual(lines.slice(30));
    });
    holds('gives what was written to stderr too', async (opened) => {
      const { lastLines } = await run(opened, 'console.error(1); process.exitCode = 1');
      expect(lastLines).toEqual(['1']);
    });
    holds('has no lines of a command that says nothing', async (opened) => {
      expect((await run(opened, '0')).lastLines).toEqual([]);
    });
    holds('runs in a folder of the repository', async (opened) => {
      const command = opened.command('console.log(process.cwd())');
      const { lastLines } = await opened.runner.run({ command, cwd: 'models', env: {} });
      expect(lastLines[0]).toMatch(/models$/);
    });
    holds('refuses a folder that is not there', async ({ runner, command }) => {
      const refused = runner.run({ command: command('0'), cwd: 'absent', env: {} });
      await expect(refused).rejects.toMatchObject({ kind: 'input', problems: [{ code: 'folder-missing' }] });
    });
    holds(
      'hides what the runner gave to us, and keeps what the user set',
      async (opened) => {
        const { lastLines } = await run(opened, 'console.log(JSON.stringify(process.env))', { MODEL_GITOPS_SEED: '3' });
        const seen = JSON.parse(lastLines[0] ?? '') as Record<string, string>;
        expect(Object.keys(seen).filter((variable) => variable in hidden)).toEqual([]);
        expect(Object.keys(seen).filter((variable) => /^(INPUT|ACTIONS)_/i.test(variable))).toEqual([]);
        expect(JSON.stringify(seen)).not.toContain(secret);
        const { HF_TOKEN: _, ...shown } = kept;
        expect(seen).toMatchObject({ ...shown, MODEL_GITOPS_SEED: '3' });
        expect(Object.keys(seen)).toContain('HF_TOKEN');
      },
      { ...hidden, ...kept },
    );
    holds('gives no standard input: a command that asks ends', async (opened) => {
      expect(
        (await run(opened, "process.stdin.resume(); process.stdin.on('end', () => process.exit(3))")).exitCode,
      ).toBe(3);
    });
    holds('runs several at once', async (opened) => {
      const answers = await Promise.all([1, 2, 3].map((code) => run(opened, `process.exit(${code})`)));
      expect(answers.map(({ exitCode }) => exitCode)).toEqual([1, 2, 3]);
    });
  });
}
