import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readActions } from '@model-gitops/tools';

/** Where workflows say that our actions come from. */
const ours = 'model-gitops/model-gitops';

/** What they use of others. The checkout is made before a run starts, and Node is there. */
const replaced = ['actions/checkout', 'actions/setup-node'];

const nothing = 'name: nothing\nruns: { using: composite, steps: [{ run: "true", shell: bash }] }\n';

/** `owner/name@ref` of every step that is another repository's. */
function listUses(workflow: string): readonly string[] {
  const found = readFileSync(workflow, 'utf8').matchAll(/^\s*(?:- )?uses: ([\w.-]+\/[\w.-]+)[^\s@]*@(\S+)/gm);
  return [...found].map(([, repository, ref]) => `${repository}@${ref}`);
}

/** Nobody but GitHub knows `$/`: there is the same said in a way that everybody knows. */
function layOutOurs(home: string, folder: string, ref: string): void {
  const manifests = readActions(home).map(({ name }) => join('actions', name, 'action.yml'));
  for (const path of [...manifests, 'dist']) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(home, path), join(folder, path), { recursive: true });
  }
  const root = readFileSync(join(home, 'action.yml'), 'utf8');
  writeFileSync(join(folder, 'action.yml'), root.replace(/uses: \$(\/actions\/[a-z-]+)/g, `uses: ${ours}$1@${ref}`));
}

export interface ActionsRequest {
  /** The clone of model-gitops, with `dist/`. */
  readonly home: string;
  readonly folder: string;
  /** Path of what will run. */
  readonly workflow: string;
}

/** A folder for each repository that a workflow uses, as `owner/name@ref=folder`: nothing is asked of the network. */
export function layOutActions({ home, folder, workflow }: ActionsRequest): readonly string[] {
  return [...new Set(listUses(workflow))].map((use, index) => {
    const [repository = '', ref = ''] = use.split('@');
    const place = join(folder, String(index));
    mkdirSync(place, { recursive: true });
    if (repository === ours) layOutOurs(home, place, ref);
    else if (replaced.includes(repository)) writeFileSync(join(place, 'action.yml'), nothing);
    else throw new Error(`${use} is used, and there is nothing to put in its place`);
    return `${use}=${place}`;
  });
}
