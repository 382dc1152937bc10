/** A program whose last line is `N passed, N failed, N skipped`. */
export interface CiLane {
  readonly name: string;
  readonly command: readonly string[];
}

const script = (name: string, path: string): CiLane => ({ name, command: ['node', '--import', 'tsx', path] });

/** What `.ci/run` runs, quickest to tell first. */
export const ciLanes: readonly CiLane[] = [
  script('check', 'packages/tools/src/check.ts'),
  script('test', 'packages/tools/src/test.ts'),
  script('demo', 'test/lanes/demo.ts'),
  script('lint-workflows', 'test/lanes/lint-workflows.ts'),
  script('openapi', 'test/lanes/openapi.ts'),
  script('pack', 'test/lanes/pack.ts'),
  script('runner', 'test/lanes/runner.ts'),
  script('act', 'test/lanes/act.ts'),
  script('pickle', 'test/lanes/pickle.ts'),
  script('mutants', 'test/lanes/mutants.ts'),
  script('concurrency', 'test/lanes/concurrency.ts'),
  script('crashes', 'test/lanes/crashes.ts'),
];
