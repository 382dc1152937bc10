import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEvent } from '@model-gitops/registry';
import type { Scene } from './scene.ts';

const ledger = 'model-gitops/ledger';

function refsOf(scene: Scene): Record<string, string> {
  const lines = scene.git(scene.origin, 'for-each-ref', '--format=%(refname) %(objectname)').split('\n');
  return Object.fromEntries(lines.filter((line) => line !== '').map((line) => line.split(' ') as [string, string]));
}

function filesOf(scene: Scene, branch: string): readonly string[] {
  return scene
    .git(scene.origin, 'ls-tree', '-r', '--name-only', branch)
    .split('\n')
    .filter((path) => path !== '');
}

function eventsOf(scene: Scene): readonly unknown[] {
  return filesOf(scene, ledger).map((path) => {
    const event = parseEvent(scene.git(scene.origin, 'show', `${ledger}:${path}`));
    return { path, ...(event.ok ? event.value : { unreadable: true }) };
  });
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
  const refs = refsOf(scene);
  const hasLedger = `refs/heads/${ledger}` in refs;
  const dump = {
    schema: 'model-gitops/demo/1',
    outcome: failedStep === null ? 'pass' : 'fail',
    failedStep,
    options: scene.options,
    steps: scene.results,
    refs,
    trees: {
      main: filesOf(scene, 'main'),
      [ledger]: hasLedger ? filesOf(scene, ledger) : [],
    },
    events: hasLedger ? eventsOf(scene) : [],
    documents: await documentsIn(join(scene.checkout, '.model-gitops', 'penguins')),
  };
  return `${JSON.stringify(dump, null, 2)}\n`;
}
