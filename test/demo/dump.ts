import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEvent } from '@model-gitops/registry';
import type { Scene } from './scene.ts';

const ledger = 'model-gitops/ledger';

async function refsOf(scene: Scene): Promise<Record<string, string>> {
  const lines = (await scene.origin('for-each-ref', '--format=%(refname) %(objectname)')).split('\n');
  return Object.fromEntries(lines.filter((line) => line !== '').map((line) => line.split(' ') as [string, string]));
}

async function filesOf(scene: Scene, branch: string): Promise<readonly string[]> {
  const text = await scene.origin('ls-tree', '-r', '--name-only', `refs/heads/${branch}`);
  return text.split('\n').filter((path) => path !== '');
}

async function eventOf(scene: Scene, path: string) {
  const event = parseEvent(await scene.origin('show', `refs/heads/${ledger}:${path}`));
  return { path, ...(event.ok ? event.value : { unreadable: true }) };
}

/** The hand-over documents as the last run of each step left them. */
async function documentsIn(folder: string): Promise<Record<string, unknown>> {
  const names = await readdir(folder).catch(() => []);
  const documents = names.filter((name) => name.endsWith('.json'));
  const texts = await Promise.all(documents.map((name) => readFile(join(folder, name), 'utf8')));
  return Object.fromEntries(documents.map((name, index) => [name, JSON.parse(texts[index] ?? 'null')]));
}

/** What the story left behind, for people and programs that want to check it: refs, trees, events and documents. */
export async function dumpScene(scene: Scene, { failedStep }: { readonly failedStep: string | null }): Promise<string> {
  const refs = await refsOf(scene);
  const files = async (branch: string) => (`refs/heads/${branch}` in refs ? filesOf(scene, branch) : []);
  const [main, facts] = await Promise.all(['main', ledger].map(files));
  const dump = {
    schema: 'model-gitops/demo/1',
    outcome: failedStep === null ? 'pass' : 'fail',
    failedStep,
    options: scene.options,
    steps: scene.results,
    refs,
    trees: { main, [ledger]: facts },
    events: await Promise.all((facts ?? []).map((path) => eventOf(scene, path))),
    documents: await documentsIn(join(scene.checkout, '.model-gitops', 'penguins')),
  };
  return `${JSON.stringify(dump, null, 2)}\n`;
}
