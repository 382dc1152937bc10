import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runInstalled } from '../run-program.ts';
import type { Check } from './check.ts';

export interface Breach {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

const program = 'dependency-cruiser/bin/dependency-cruise.mjs';
const places = ['packages', 'actions', 'app', 'test'];

/** What breaks the directions of the rooms, as .dependency-cruiser.cjs has them. */
export async function listBreaches(root: string): Promise<readonly Breach[]> {
  const args = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', '--progress', 'none'];
  const there = places.filter((place) => existsSync(join(root, place)));
  const { stdout, stderr } = await runInstalled(root, program, [...args, ...there]);
  if (!stdout.startsWith('{')) throw new Error(`dependency-cruiser did not answer:\n${stderr || stdout}`);
  const { summary } = JSON.parse(stdout) as {
    summary: { violations: { from: string; to: string; rule: { name: string } }[] };
  };
  return summary.violations.map(({ from, to, rule }) => ({ rule: rule.name, from, to }));
}

export const importRules: Check = {
  name: 'import rules',
  mend: 'Move the import to where it is allowed: .github/CONTRIBUTING.md, "Rooms and directions".',
  async find(root) {
    const breaches = await listBreaches(root);
    return breaches.map(({ rule, from, to }) => `${from} -> ${to}  (${rule})`);
  },
};
