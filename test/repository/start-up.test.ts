import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { repositoryRoot } from '@model-gitops/tools';
import { expect, it } from 'vitest';

const cli = join(repositoryRoot, 'dist', 'cli.js');
const rounds = 9;

function secondsOf(...args: readonly string[]): number {
  const start = performance.now();
  execFileSync(process.execPath, args, { stdio: 'ignore' });
  return (performance.now() - start) / 1000;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

it('a verb that needs no engine starts in at most four times the time of bare node', () => {
  const pairs = Array.from({ length: rounds }, () => [secondsOf(cli, 'ls', '--help'), secondsOf('-e', '0')] as const);
  const ours = median(pairs.map(([one]) => one));
  const bare = median(pairs.map(([, one]) => one));
  expect(ours / bare).toBeLessThanOrEqual(4);
});
