import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git } from '../contracts/scratch-git.ts';
import {
  createOrigin,
  type OriginState,
  readOrigin,
  runWriters,
  type Written,
} from '../lifecycle/concurrent-writers.ts';

// 16 processes write to one origin at the same time; run as `node --import tsx test/lanes/concurrency.ts`.
const processes = 16;
const operations = 10;
const total = processes * operations;

interface Check {
  readonly title: string;
  readonly holds: boolean;
}

function distinct(values: readonly unknown[]): number {
  return new Set(values).size;
}

function judgeRegistrations(written: readonly Written[], state: OriginState): Check[] {
  const told = written.map((answer) => `fraud@v${answer.version}`).toSorted();
  return [
    {
      title: `${total} registrations answered`,
      holds: written.length === total && written.every((answer) => answer.created === true),
    },
    { title: 'no version was given twice', holds: distinct(told) === total },
    {
      title: 'the tags are those that were told',
      holds: JSON.stringify(state.tags.toSorted()) === JSON.stringify(told),
    },
    { title: 'no operation is registered twice', holds: distinct(state.operations) === total },
    {
      title: 'each version has one witness',
      holds: distinct(state.events.map((event) => event.id)) === total && state.events.length === total,
    },
    { title: 'the ledger is one line', holds: state.ledgerMerges === 0 && state.ledgerCommits === total },
  ];
}

function judgeAppends(written: readonly Written[], before: OriginState, after: OriginState): Check[] {
  const runs = after.events.filter((event) => event.kind === 'run-recorded').map((event) => event.id);
  const told = written.map((answer) => `run-recorded-${answer.name}`).toSorted();
  return [
    { title: `${total} appends answered`, holds: written.length === total },
    { title: 'the events are those that were told', holds: JSON.stringify(runs.toSorted()) === JSON.stringify(told) },
    {
      title: 'one commit an append, one line',
      holds: after.ledgerCommits === before.ledgerCommits + total && after.ledgerMerges === 0,
    },
    { title: 'the registrations are untouched', holds: after.tags.length === before.tags.length },
  ];
}

async function main(): Promise<readonly Check[]> {
  const folder = mkdtempSync(join(tmpdir(), 'model-gitops-race-'));
  try {
    const origin = createOrigin(folder);
    const registered = await runWriters(origin, 'register', processes, operations);
    const before = await readOrigin(origin);
    const appended = await runWriters(origin, 'append', processes, operations);
    rmSync(`${origin}-reader`, { recursive: true });
    const after = await readOrigin(origin);
    git(origin, 'fsck', '--strict');
    return [...judgeRegistrations(registered, before), ...judgeAppends(appended, before, after)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const started = Date.now();
const checks = await main();
for (const { title, holds } of checks) console.log(`${holds ? 'ok  ' : 'FAIL'} ${title}`);
const failed = checks.filter((check) => !check.holds).length;
console.log(`${processes} processes x ${operations}, twice, in ${Math.round((Date.now() - started) / 1000)} s`);
console.log(`${checks.length - failed} passed, ${failed} failed, 0 skipped`);
process.exitCode = failed === 0 ? 0 : 1;
