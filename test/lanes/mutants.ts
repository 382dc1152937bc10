import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyRepository, type ProgramResult, repositoryRoot, runProgram } from '@model-gitops/tools';
import { type Lane, runLane } from './lane.ts';

// A test that cannot turn red shows nothing: each patch of test/mutants plants a fault that named tests must notice.

const folder = join(repositoryRoot, 'test', 'mutants');
const copy = join(repositoryRoot, '.scratch', 'mutants');

interface Mutant {
  readonly name: string;
  readonly patch: string;
  readonly what: string;
  readonly tests: readonly string[];
}

function readMutant(file: string): Mutant {
  const patch = join(folder, file);
  const text = readFileSync(patch, 'utf8');
  const line = (key: string) => text.match(new RegExp(`^${key}: (.+)$`, 'm'))?.[1]?.trim() ?? '';
  const tests = line('Red')
    .split(/,\s*/)
    .filter((path) => path !== '');
  if (line('What') === '' || tests.length === 0) throw new Error(`${patch} lacks its lines "What:" and "Red:"`);
  const gone = tests.filter((path) => !existsSync(join(repositoryRoot, path)));
  if (gone.length > 0) throw new Error(`${patch} names ${gone.join(', ')}, which is not there`);
  return { name: file.replace(/\.patch$/, ''), patch, what: line('What'), tests };
}

/** The copy lies in the working tree of this repository: Git must not take it for a part of it. */
function applyPatch(patch: string, ...options: readonly string[]): Promise<ProgramResult> {
  return runProgram({
    command: 'git',
    arguments: ['apply', '--whitespace=nowarn', ...options, patch],
    folder: copy,
    environment: { ...process.env, GIT_CEILING_DIRECTORIES: join(copy, '..') },
  });
}

interface TestRun {
  readonly failed: number;
  readonly passed: number;
  readonly isGreen: boolean;
  readonly output: string;
}

/** The part of vitest's report that is used. A file that does not load has no cases: it shows nothing. */
interface Report {
  readonly numFailedTests: number;
  readonly numPassedTests: number;
  readonly success: boolean;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly unknown[];
  }[];
}

async function runTests(tests: readonly string[]): Promise<TestRun> {
  const { stdout, stderr } = await runProgram({
    command: process.execPath,
    arguments: ['node_modules/vitest/vitest.mjs', 'run', '--reporter=json', ...tests],
    folder: copy,
  });
  const start = stdout.indexOf('{"num');
  if (start < 0) return { failed: 0, passed: 0, isGreen: false, output: stdout + stderr };
  const report = JSON.parse(stdout.slice(start)) as Report;
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults[0],
  );
  const output = broken.map(({ name, message }) => `${name}: ${message}`).join('\n');
  return { failed: report.numFailedTests, passed: report.numPassedTests, isGreen: report.success, output };
}

async function judgeMutant(lane: Lane, { name, patch, what, tests }: Mutant): Promise<void> {
  const applied = await applyPatch(patch);
  if (applied.code !== 0) {
    lane.claim(`${name} can be planted`, false, applied.stderr);
    return;
  }
  const { failed, output } = await runTests(tests);
  lane.claim(`${name}: ${what} turns ${failed} tests red`, failed > 0, output);
  const undone = await applyPatch(patch, '--reverse');
  if (undone.code !== 0) throw new Error(`${name} could not be taken back: ${undone.stderr}`);
}

await runLane(async (lane) => {
  const wanted = process.argv.slice(2);
  const mutants = readdirSync(folder)
    .filter((file) => file.endsWith('.patch'))
    .map(readMutant)
    .filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  copyRepository(repositoryRoot, copy);
  const tests = [...new Set(mutants.flatMap((mutant) => mutant.tests))];
  const before = await runTests(tests);
  const isGreen = before.isGreen && before.passed > 0;
  lane.claim(`the copy without faults passes ${before.passed} tests`, isGreen, before.output);
  if (!isGreen) return;
  for (const mutant of mutants) await judgeMutant(lane, mutant);
});
