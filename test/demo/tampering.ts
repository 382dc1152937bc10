import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Scene } from './scene.ts';

/** What somebody does who may switch the rules of main off. */

const path = 'registry/penguins/production.yaml';

async function cloneAs(scene: Scene, name: string): Promise<string> {
  const folder = scene.place(name);
  await scene.ben.git(scene.place('.'), 'clone', '--quiet', scene.address, folder);
  return folder;
}

async function commitAs(scene: Scene, folder: string, message: string): Promise<void> {
  await scene.ben.git(folder, 'add', '--all');
  await scene.ben.git(folder, 'commit', '--quiet', '-m', message);
}

async function pushPast(scene: Scene, folder: string): Promise<void> {
  await scene.withoutRules(async () => {
    await scene.ben.git(folder, 'push', '--quiet', 'origin', 'main');
    await scene.settled();
  });
}

/** Production is to have another version, by hand: what was approved was made from a file that is gone. */
export async function overrulePointer(scene: Scene): Promise<void> {
  const folder = await cloneAs(scene, 'overrule');
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), `version: 0.9.0\ndigest: sha256:${'0'.repeat(64)}\n`);
  await commitAs(scene, folder, 'Production goes back to what we had');
  await pushPast(scene, folder);
}

/** The pointer goes and comes back as it was: nobody would see it in the files. */
export async function hideHistory(scene: Scene): Promise<void> {
  const folder = await cloneAs(scene, 'tamper');
  await rm(join(folder, path));
  await commitAs(scene, folder, 'Tidy up');
  await scene.ben.git(folder, 'revert', '--no-edit', 'HEAD');
  await pushPast(scene, folder);
}
