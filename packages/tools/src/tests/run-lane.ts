import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { runInstalled } from '../run-program.ts';
import type { TestLane } from './lanes.ts';
import { type LaneReport, summarize, type VitestReport } from './report.ts';

export interface LaneResult extends LaneReport {
  readonly seconds: number;
}

const tailLength = 3000;

/** Runs one project of vitest. What it prints is shown only where its report is missing or tells of nothing. */
export async function runLane(root: string, { name }: TestLane): Promise<LaneResult> {
  const folder = join(root, '.scratch', 'test-reports');
  const path = join(folder, `${name}.json`);
  mkdirSync(folder, { recursive: true });
  rmSync(path, { force: true });
  const start = performance.now();
  const args = ['run', '--project', name, '--passWithNoTests', '--reporter=json', `--outputFile=${path}`];
  const { code, stdout, stderr } = await runInstalled(root, 'vitest/vitest.mjs', args);
  const seconds = (performance.now() - start) / 1000;
  const output = (stdout + stderr).slice(-tailLength);
  if (!existsSync(path)) {
    const failure = { file: '', title: `vitest ended with exit code ${code} and no report`, why: output };
    return { passed: 0, failed: 1, skipped: 0, failures: [failure], seconds };
  }
  const report = summarize(JSON.parse(readFileSync(path, 'utf8')) as VitestReport, code);
  const failures = report.failures.map((failure) => ({
    ...failure,
    file: failure.file === '' ? '' : relative(root, failure.file),
    why: failure.title === 'vitest' ? `${failure.why}\n${output}` : failure.why,
  }));
  return { ...report, failures, seconds };
}

export function renderLane({ name, budgetSeconds }: TestLane, result: LaneResult): string {
  const { passed, failed, skipped, seconds, failures } = result;
  const budget = budgetSeconds === undefined ? '' : ` of ${budgetSeconds} s`;
  const over = budgetSeconds !== undefined && seconds > budgetSeconds ? '  over budget' : '';
  const line = `${name}: ${passed} passed, ${failed} failed, ${skipped} skipped  ${seconds.toFixed(1)} s${budget}${over}`;
  const told = failures.map(({ file, title, why }) =>
    [
      `  ✗ ${[file, title].filter((part) => part !== '').join(' > ')}`,
      ...why.split('\n').map((text) => `      ${text}`),
    ]
      .slice(0, 40)
      .join('\n'),
  );
  return [line, ...told].join('\n');
}
