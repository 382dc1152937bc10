import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { damageStore } from './alterations.ts';
import type { Narrator } from './narrator.ts';
import { actOut, ask, storeInput } from './play.ts';
import type { Scene } from './scene.ts';
import { must } from './step-failure.ts';
import type { Documents } from './story-documents.ts';

export async function playRegister(scene: Scene, narrator: Narrator): Promise<string> {
  const first = await actOut<Documents['register']>(scene, narrator, {
    step: 'register',
    action: 'register-model',
    inputs: storeInput(scene),
  });
  must(
    first.created && first.version === '1.0.0',
    `registered ${first.version ?? 'nothing'}, created ${first.created}`,
  );
  const tag = scene.git(scene.origin, 'cat-file', '-t', `refs/tags/${first.tag}`);
  must(tag === 'tag', `${first.tag} is no annotated tag at the origin`);
  const again = await scene.act('register-again', 'register-model', storeInput(scene));
  const second = again.document as Documents['register'];
  must(!second.created && second.version === first.version, 'the same operation registered twice');
  return `${first.tag} is an annotated tag at the origin; registering again made nothing`;
}

export async function playPromote(scene: Scene, narrator: Narrator): Promise<string> {
  const inputs = { model: 'penguins', version: '1.0.0' };
  const staging = await scene.act('assign', 'promote-model', { ...inputs, environment: 'staging' });
  must(
    (staging.document as Documents['changes']).applied,
    `staging did not take the version: ${staging.outputs.summary}`,
  );
  const document = await actOut<Documents['changes']>(scene, narrator, {
    step: 'promote',
    action: 'promote-model',
    inputs: { ...inputs, environment: 'production' },
  });
  must(document.applied && document.merge !== undefined, 'no promotion branch was made');
  const branch = 'model-gitops/promote/penguins/production';
  const difference = scene.git(scene.origin, 'diff', '--stat', 'main', branch);
  await narrator.show('promotion.diff', scene.git(scene.origin, 'diff', 'main', branch));
  must(difference.split('\n').length === 2, `the promotion touches more than its pointer: ${difference}`);
  return 'staging took it by policy; for production a branch changes one file of two lines, and waits for a person';
}

export async function playMerge(scene: Scene, narrator: Narrator): Promise<string> {
  const promoted = scene.results.findLast(({ step }) => step === 'promote')?.document as Documents['changes'];
  const commands = promoted.commands ?? [];
  await narrator.show('merge.txt', commands.map((command) => `$ ${command}`).join('\n'));
  for (const command of commands) scene.git(scene.checkout, ...command.split(' ').slice(1));
  const pointer = scene.git(scene.origin, 'show', 'main:registry/penguins/production.yaml');
  must(/^version: "?1\.0\.0"?$/m.test(pointer), `the pointer says: ${pointer}`);
  const again = await scene.act('register-after-merge', 'register-model', storeInput(scene));
  must(!(again.document as Documents['register']).created, 'the merge of a promotion made a new version');
  return 'the merge is the approval: production wants 1.0.0; the push after it registered nothing';
}

export async function playPull(scene: Scene, narrator: Narrator): Promise<string> {
  if (scene.options.break === 'digest') await damageStore(scene.store);
  const folder = scene.place('server');
  scene.git(scene.place('.'), 'clone', '--quiet', scene.origin, folder);
  const inputs = { ...storeInput(scene), model: 'penguins@production', 'out-path': 'served' };
  const { files, version } = await actOut<Documents['pull']>(scene, narrator, {
    step: 'pull',
    action: 'fetch-model',
    inputs,
    folder,
  });
  const [file] = files;
  must(version === '1.0.0' && file !== undefined, 'not the version that production wants');
  const bytes = await readFile(join(folder, 'served', 'model.onnx'));
  must(
    createHash('sha256').update(bytes).digest('hex') === file.sha256,
    'the file has other bytes than its digest says',
  );
  return `another clone asked for penguins@production and has model.onnx, ${bytes.length} bytes with the registered digest`;
}

export async function playList(scene: Scene, narrator: Narrator): Promise<string> {
  const { models } = await ask<Documents['ls']>(scene, narrator, 'ls');
  const [penguins] = models;
  const wanted = penguins?.environments.production?.wanted;
  must(
    models.length === 1 && penguins?.versions.length === 1 && wanted === '1.0.0',
    `ls says that production wants ${wanted}`,
  );
  return 'one model, one version, wanted in staging and production';
}

export async function playShow(scene: Scene, narrator: Narrator): Promise<string> {
  const { record } = await ask<Documents['show']>(scene, narrator, 'show', 'penguins@production');
  const evaluated = scene.results.find(({ step }) => step === 'evaluate')?.document as Documents['evaluate'];
  const pulled = scene.results.find(({ step }) => step === 'pull')?.document as Documents['pull'];
  const isSameAccuracy = record.evaluation.metrics.accuracy === evaluated.metrics.accuracy;
  must(isSameAccuracy, 'the record has another accuracy than the evaluation');
  must(
    record.artifacts[0]?.sha256 === pulled.files[0]?.sha256,
    'the record names other bytes than those that were pulled',
  );
  return 'the record says from what data, code and parameters the version was made, and how it was judged';
}

export async function playVerify(scene: Scene, narrator: Narrator): Promise<string> {
  const { findings, checked } = await ask<Documents['verify']>(
    scene,
    narrator,
    'verify',
    '--store',
    `dir:${scene.store}`,
  );
  must(
    findings.length === 0 && checked.versions === 1 && checked.pointers >= 1,
    `${findings.length} findings on ${checked.versions} versions`,
  );
  return `nothing was changed outside the rules: ${checked.versions} version, ${checked.pointers} pointer change looked at`;
}
