import type { Tally } from '../tally.ts';

/** The part of vitest's JSON report that is used. */
export interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages?: readonly string[] | null;
    }[];
  }[];
}

export interface Failure {
  readonly file: string;
  readonly title: string;
  readonly why: string;
}

export interface LaneReport extends Tally {
  readonly failures: readonly Failure[];
}

/** A file that could not be loaded has no cases, and is a failure all the same. */
function brokenFiles({ testResults }: VitestReport): readonly Failure[] {
  return testResults
    .filter(({ status, assertionResults }) => status === 'failed' && assertionResults.every(isNoFailure))
    .map(({ name, message }) => ({ file: name, title: 'the file itself', why: message || 'it could not be run' }));
}

function isNoFailure({ status }: { readonly status: string }): boolean {
  return status !== 'failed';
}

export function summarize(report: VitestReport, exitCode: number | null): LaneReport {
  const cases = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map((one) => ({ file: name, ...one })),
  );
  const failedCases = cases.filter(({ status }) => status === 'failed');
  const failures: Failure[] = [
    ...failedCases.map(({ file, fullName, failureMessages }) => ({
      file,
      title: fullName,
      why: failureMessages?.join('\n') ?? '',
    })),
    ...brokenFiles(report),
  ];
  const passed = cases.filter(({ status }) => status === 'passed').length;
  const skipped = cases.length - passed - failedCases.length;
  if (failures.length === 0 && exitCode !== 0)
    failures.push({ file: '', title: 'vitest', why: `ended with exit code ${exitCode}, though no case failed` });
  if (passed === 0 && failures.length === 0)
    failures.push({ file: '', title: 'nothing ran', why: `${skipped} cases, all skipped: that shows nothing` });
  return { passed, failed: failures.length, skipped, failures };
}
