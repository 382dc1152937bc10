import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cloneOf, git } from '../contracts/scratch-git.ts';
import { createOrigin } from '../lifecycle/concurrent-writers.ts';
import type { Bench, Target } from './bench.ts';
import { fillRegistry } from './fill-registry.ts';
import { cli, timeProgram } from './measure.ts';
import { type Contender, runRounds, type Standing } from './rounds.ts';

const rounds = 3;
const sizes = [1, 100, 1000];

async function createClone(scratch: string, size: number): Promise<string> {
  const folder = mkdtempSync(join(scratch, `${size}-`));
  const origin = createOrigin(folder);
  git(origin, 'config', 'user.name', 'Ana');
  git(origin, 'config', 'user.email', 'ana@example.com');
  await fillRegistry(origin, size);
  git(origin, 'gc', '--quiet'); // as every server does from time to time
  return cloneOf(origin, 'reader');
}

function contender(name: string, folder: string, argumentsOf: () => readonly string[]): Contender {
  return {
    name,
    async run() {
      const request = { command: process.execPath, arguments: [cli, ...argumentsOf()], folder };
      const seconds = await timeProgram(request);
      return { seconds, cpuSeconds: Number.NaN, peakMegabytes: Number.NaN, stdout: '' };
    },
  };
}

/** Bytes that no version has yet, so that each call makes one. */
function registering(folder: string): () => readonly string[] {
  let count = 0;
  return () => {
    count += 1;
    writeFileSync(join(folder, 'model.bin'), `${count} ${Date.now()}`);
    return ['register', 'fraud', '--artifact', 'model.bin', '--metrics', '{"accuracy": 0.9}'];
  };
}

function growth(standings: readonly Standing[], verb: string): Target {
  const [least, greatest] = [sizes.at(0), sizes.at(-1)];
  const secondsOf = (size: number | undefined) =>
    standings.find(({ name }) => name === `${verb}, ${size} versions`)?.seconds ?? Number.NaN;
  const value = secondsOf(greatest) / secondsOf(least);
  return { what: `${verb} with ${greatest} versions to ${least}`, value, unit: 'x', atMost: 3 };
}

/** How reading and writing grow with what is registered, in a clone of a bare origin on the same disk. */
export const benchRegistry: Bench = async () => {
  const scratch = mkdtempSync(join(tmpdir(), 'model-gitops-bench-'));
  try {
    const contenders: Contender[] = [];
    for (const size of sizes) {
      const folder = await createClone(scratch, size);
      contenders.push(contender(`ls, ${size} versions`, folder, () => ['ls', 'fraud']));
      contenders.push(contender(`register, ${size} versions`, folder, registering(folder)));
    }
    const standings = await runRounds(contenders, rounds);
    const targets = [growth(standings, 'ls'), growth(standings, 'register')];
    return [{ title: 'registry: one model with many versions', standings, targets }];
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
};
