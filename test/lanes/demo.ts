import { repositoryRoot, runProgram } from '@model-gitops/tools';
import { type Lane, runLane } from './lane.ts';

// The story that newcomers see: told to its end, and stopped where an input was spoiled.

const longestSeconds = 45;

/** Where each `--break` must be noticed. */
const breaks = { data: 'validate', gate: 'evaluate', digest: 'pull' } as const;

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

await runLane(async (lane) => {
  const start = performance.now();
  const { code, stdout, stderr } = await playDemo();
  const seconds = (performance.now() - start) / 1000;
  lane.claim('the whole life is told', code === 0, stdout + stderr);
  lane.claim(`in ${seconds.toFixed(0)} of ${longestSeconds} s`, seconds <= longestSeconds);
  const other = await playDemo('--seed', '7');
  lane.claim('and with another split and draw', other.code === 0, other.stdout + other.stderr);
  for (const [name, step] of Object.entries(breaks)) await judgeBreak(lane, name, step);
});
