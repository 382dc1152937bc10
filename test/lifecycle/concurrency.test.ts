import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { git } from '../contracts/scratch-git.ts';
import { createOrigin, readOrigin, runWriters } from './concurrent-writers.ts';

const folder = mkdtempSync(join(tmpdir(), 'model-gitops-race-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('4 processes x 5 registrations: nothing lost, nothing doubled', async () => {
  const origin = createOrigin(folder);
  const written = await runWriters(origin, 'register', 4, 5);
  const state = await readOrigin(origin);
  expect(written.every((answer) => answer.created)).toBe(true);
  expect(new Set(written.map((answer) => answer.version)).size).toBe(20);
  expect(state.tags.toSorted()).toEqual(written.map((answer) => `fraud@v${answer.version}`).toSorted());
  expect(new Set(state.operations).size).toBe(20);
  expect(state.events.filter((event) => event.kind === 'registered')).toHaveLength(20);
  expect(state.ledgerMerges).toBe(0);
  git(origin, 'fsck', '--strict');
}, 120_000);
