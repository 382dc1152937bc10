import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Narrator } from './narrator.ts';
import { merge, openPull, readComments, readPull, renderCheck } from './pull-requests.ts';
import type { Scene } from './scene.ts';
import { must } from './step-failure.ts';
import { mustConclude } from './story-registry.ts';

const path = 'registry/penguins/production.yaml';

/** A branch of her fork in which production wants a file of hers. */
async function pushFromFork(scene: Scene, branch: string): Promise<void> {
  const { github, mallory } = scene;
  const fork = await github.fork('acme/penguins', mallory.login);
  const folder = scene.place('mallory');
  await mallory.git(scene.place('.'), 'clone', '--quiet', `${github.url}/${fork}.git`, folder);
  await mallory.git(folder, 'switch', '--quiet', '--create', branch);
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), `version: 1.0.0\ndigest: sha256:${'6'.repeat(64)}\n`);
  await mallory.git(folder, 'add', '--all');
  await mallory.git(folder, 'commit', '--quiet', '-m', 'Fix the digest');
  await mallory.git(folder, 'push', '--quiet', 'origin', branch);
}

const branchesOf = (scene: Scene) => scene.origin('for-each-ref', '--format=%(refname) %(objectname)', 'refs/heads');

export async function playFork(scene: Scene, narrator: Narrator): Promise<string> {
  const { ben, mallory, options } = scene;
  const before = await branchesOf(scene);
  await pushFromFork(scene, 'fix-digest');
  const number = await openPull(mallory, { head: 'mallory:fix-digest', title: 'Fix the digest', body: 'A typo.' });
  await scene.settled();
  const pull = await readPull(scene, number);
  const check = await mustConclude(scene, pull.head.sha, 'failure');
  await narrator.show('check.md', renderCheck(check));
  const comments = await readComments(scene, number);
  must(comments.length === 0 && pull.labels.length === 0, 'the app did more than to refuse it');
  must((await branchesOf(scene)) === before, 'a stranger’s pull request moved a branch');
  if (options.break === 'fork') {
    const refusal = await merge(scene, ben, pull);
    must(refusal === null, `GitHub refuses the merge of a stranger's pointer: ${refusal}`);
  }
  return `#${number} stays red: ${check.output.title}; nothing else was done for it`;
}
