import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The actions of the repository: every folder in `actions/` with a main.ts. */
export function listActions(root: string): readonly string[] {
  const folder = join(root, 'actions');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'main.ts')))
    .toSorted();
}

/** One dynamic import a door, so that each becomes a chunk of its own: no door pays for another one's code. */
export function renderEntry(actions: readonly string[]): string {
  const doors = actions.map((name) => `  '${name}': () => import('../../actions/${name}/main.ts'),`);
  return `const actions = {
${doors.join('\n')}
};

export async function runAction(name, from) {
  const { main } = await actions[name]();
  await main({ from });
}

export async function runCommandLine(from) {
  const { main } = await import('../../packages/cli/src/main.ts');
  await main({ argv: process.argv.slice(2), environment: process.env, streams: process, from });
}
`;
}

/** What action.yml names as `main`: a file that does nothing but open its door. */
export function renderActionStub(name: string): string {
  return `import { runAction } from '../bundle/index.js';

await runAction('${name}', import.meta.url);
`;
}

export function renderCommandLineStub(): string {
  return `#!/usr/bin/env node
import { runCommandLine } from './bundle/index.js';

await runCommandLine(import.meta.url);
`;
}
