import { defineConfig } from 'vitest/config';
import { testLanes } from './packages/tools/src/tests/lanes.ts';

// One project a lane: `npm test` runs them one after another and prints a line for each.
const exclude = ['**/node_modules/**', '.scratch/**', '.demo/**'];

export default defineConfig({
  test: {
    projects: testLanes.map(({ name, include, isPure = false }) => ({
      test: { name, include: [...include], exclude, isolate: !isPure, testTimeout: 60_000, hookTimeout: 120_000 },
    })),
  },
});
