import { breakTable, shuffleLabels } from './alterations.ts';
import type { Narrator } from './narrator.ts';
import { actOut, percent, storeInput } from './play.ts';
import type { Scene } from './scene.ts';
import { must } from './step-failure.ts';
import type { Documents } from './story-documents.ts';

export async function playPush(scene: Scene): Promise<string> {
  const { checkout, options } = scene;
  if (options.break === 'gate') await shuffleLabels(checkout);
  if (options.break === 'data') await breakTable(checkout);
  scene.git(checkout, 'add', '--all');
  scene.git(checkout, 'commit', '--quiet', '-m', 'Predict the species of a penguin');
  scene.git(checkout, 'push', '--quiet', '--set-upstream', 'origin', 'main');
  const files = scene.git(checkout, 'ls-files').split('\n').length;
  const isThere = scene.git(scene.origin, 'rev-parse', 'refs/heads/main') === scene.git(checkout, 'rev-parse', 'HEAD');
  must(isThere, 'the bare origin does not have the commit');
  return `${files} files on main of a bare origin; seed ${options.seed}`;
}

export async function playValidate(scene: Scene, narrator: Narrator): Promise<string> {
  const document = await actOut<Documents['validate']>(scene, narrator, { step: 'validate', action: 'validate-data' });
  const asked = document.datasets.reduce(
    (sum, { validation }) => sum + validation.statistics.evaluated_expectations,
    0,
  );
  must(
    document.datasets.length === 2 && asked >= 20,
    `only ${asked} expectations were asked of ${document.datasets.length} tables`,
  );
  return `${asked} answers on ${document.datasets.length} tables, all as expected`;
}

export async function playFeatures(scene: Scene, narrator: Narrator): Promise<string> {
  const document = await actOut<Documents['features']>(scene, narrator, {
    step: 'features',
    action: 'engineer-features',
  });
  const rows = document.outputs.map(({ name, rows: count }) => `${count} for ${name}`);
  must(
    document.outputs.length === 2 && document.outputs.every((output) => output.rows > 50),
    `features came out as ${rows.join(', ') || 'nothing'}`,
  );
  const again = await scene.act('features-again', 'engineer-features', {});
  must((again.document as Documents['features']).cached, 'the same inputs and definition were computed twice');
  return `${rows.join(', ')}; a second run took them from the first`;
}

export async function playTrain(scene: Scene, narrator: Narrator): Promise<string> {
  const first = await actOut<Documents['train']>(scene, narrator, {
    step: 'train',
    action: 'train-model',
    inputs: storeInput(scene),
  });
  must(first.run !== null && !first.reused && first.recorded, 'nothing was trained, or the run was not recorded');
  const again = await scene.act('train-again', 'train-model', storeInput(scene));
  const second = again.document as Documents['train'];
  must(second.reused && second.run?.id === first.run.id, 'the same key was trained twice');
  return `${first.run.id} is in the ledger under its key; a second run reused its bytes`;
}

export async function playEvaluate(scene: Scene, narrator: Narrator): Promise<string> {
  const { metrics, rows, gates } = await actOut<Documents['evaluate']>(scene, narrator, {
    step: 'evaluate',
    action: 'evaluate-model',
  });
  must(metrics.accuracy > 0.9, `accuracy ${metrics.accuracy} on held-out rows`);
  const notYet = gates.filter(({ state }) => state === 'not-applicable');
  must(
    notYet.length === 1,
    `${notYet.length} gates say "not applicable", where one names production, which has no version`,
  );
  return `accuracy ${percent(metrics.accuracy)} on ${rows} rows that training never saw; ${gates.length - notYet.length} gates passed, ${notYet.length} not applicable yet`;
}
