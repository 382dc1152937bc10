export interface TestLane {
  readonly name: string;
  readonly include: readonly string[];
  /** Told beside the seconds that it took; more is a reason to look, not a failure. */
  readonly budgetSeconds?: number;
  /** Only values go in and out: files share a process, since loading the rooms costs more than the tests. */
  readonly isPure?: boolean;
}

/** The lanes of `npm test`, fastest first. Each is a project of vitest. */
export const testLanes: readonly TestLane[] = [
  {
    name: 'unit',
    include: ['{packages,actions,app}/**/*.test.ts', '!**/*.property.test.ts'],
    budgetSeconds: 20,
    isPure: true,
  },
  { name: 'property', include: ['packages/**/*.property.test.ts', 'actions/**/*.property.test.ts'], isPure: true },
  { name: 'contract', include: ['test/contracts/**/*.test.ts'] },
  { name: 'golden', include: ['test/golden/**/*.test.ts'], isPure: true },
  { name: 'repository', include: ['test/repository/**/*.test.ts'] },
  { name: 'door', include: ['test/doors/**/*.test.ts'] },
  { name: 'lifecycle', include: ['test/lifecycle/**/*.test.ts'] },
];
