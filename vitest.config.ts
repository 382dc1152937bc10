import { defineConfig } from 'vitest/config';

// One project a lane: `npm test` runs them all and prints a line for each.
const lane = (name: string, include: string[], options: object = {}) => ({
  test: {
    name,
    include,
    exclude: ['**/node_modules/**', '.scratch/**', '.demo/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    ...options,
  },
});

export default defineConfig({
  test: {
    projects: [
      lane('unit', ['packages/**/*.test.ts', 'actions/**/*.test.ts', '!**/*.property.test.ts']),
      lane('property', ['packages/**/*.property.test.ts', 'actions/**/*.property.test.ts']),
      lane('contract', ['test/contracts/**/*.test.ts']),
      lane('golden', ['test/golden/**/*.test.ts']),
      lane('door', ['test/doors/**/*.test.ts']),
      lane('lifecycle', ['test/lifecycle/**/*.test.ts']),
      lane('repository', ['test/repository/**/*.test.ts']),
    ],
  },
});
