import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench } from './bench.ts';
import { cli, timeProgram } from './measure.ts';
import { runRounds } from './rounds.ts';

const rounds = 11;
const verbs = [['--version'], ['--help'], ['ls', '--help'], ['ls']];

function createRepository(folder: string): void {
  const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: folder, stdio: 'pipe' });
  git('init', '--quiet', '--initial-branch=main');
  git('-c', 'user.name=Ana', '-c', 'user.email=ana@example.com', 'commit', '--quiet', '--allow-empty', '-m', 'Start');
}

/** Wall clock is all that a person at a terminal feels. */
function contender(name: string, args: readonly string[], folder: string) {
  return {
    name,
    async run() {
      const seconds = await timeProgram({ command: process.execPath, arguments: args, folder });
      return { seconds, cpuSeconds: Number.NaN, peakMegabytes: Number.NaN, stdout: '' };
    },
  };
}

/** How long verbs that need no engine take, beside a Node that does nothing. */
export const benchStartup: Bench = async () => {
  if (!existsSync(cli)) throw new Error('There is no dist/cli.js: run "npm run build".');
  const folder = mkdtempSync(join(tmpdir(), 'model-gitops-bench-'));
  try {
    createRepository(folder);
    const bare = contender('node -e 0', ['-e', '0'], folder);
    const ours = verbs.map((words) => contender(words.join(' '), [cli, ...words], folder));
    const standings = await runRounds([bare, ...ours], rounds);
    const [nothing, ...told] = standings;
    const targets = told.map(({ name, seconds }) => ({
      what: `${name}, to bare node`,
      value: seconds / (nothing?.seconds ?? Number.NaN),
      unit: 'x',
      atMost: 4,
    }));
    return [{ title: 'start-up', standings, targets }];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
