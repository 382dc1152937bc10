import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot, runProgram } from '@model-gitops/tools';
import type { Break } from '../demo/options.ts';
import { type Lane, runLane } from './lane.ts';

// The story that newcomers see: told to its end, and stopped where something was spoiled.

const longestSeconds = 75;

/** Where each `--break` must be noticed. */
const breaks: Readonly<Record<Break, string>> = {
  data: 'validate',
  gate: 'evaluate',
  'four-eyes': 'merge',
  stale: 'merge',
  digest: 'pull',
  tamper: 'pull',
  fork: 'fork',
};

/** What people and programs find afterwards. */
const kept = [
  'promotion.md',
  'promotion.html',
  'check.md',
  'comment.md',
  'github.json',
  'exchanges.jsonl',
  'result.json',
];

function playDemo(...options: readonly string[]) {
  return runProgram({
    command: process.execPath,
    arguments: ['--import', 'tsx', 'test/demo/main.ts', ...options],
    folder: repositoryRoot,
  });
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}

async function judgeBreak(lane: Lane, name: string, step: string): Promise<void> {
  const { code, stderr, stdout } = await playDemo('--break', name);
  const said = lastLine(stderr);
  const isNamed = code !== 0 && code !== null && said.startsWith(`demo: step ${step} failed: `);
  lane.claim(`--break ${name} fails at ${step}`, isNamed, `exit code ${code}: ${said}\n${stdout.slice(-2000)}`);
}

/** Every text is there, and no token or key is in any. */
function judgeTexts(lane: Lane): void {
  for (const name of kept) {
    const file = join(repositoryRoot, '.demo', name);
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    const secret = /\bgh[pso]_\w{20,}|PRIVATE KEY-----/.exec(text)?.[0].slice(0, 12);
    lane.claim(`.demo/${name} is there, without a secret`, text !== '' && secret === undefined, secret);
  }
}

await runLane(async (lane) => {
  const start = performance.now();
  const { code, stdout, stderr } = await playDemo();
  const seconds = (performance.now() - start) / 1000;
  lane.claim('the whole life is told', code === 0, stdout + stderr);
  lane.claim(`in ${seconds.toFixed(0)} of ${longestSeconds} s`, seconds <= longestSeconds);
  judgeTexts(lane);
  const other = await playDemo('--seed', '7');
  lane.claim('and with another split and draw', other.code === 0, other.stdout + other.stderr);
  for (const [name, step] of Object.entries(breaks)) await judgeBreak(lane, name, step);
});
