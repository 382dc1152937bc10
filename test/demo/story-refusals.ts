import { breakTable, shuffleLabels } from './alterations.ts';
import type { Narrator } from './narrator.ts';
import { actOut, percent, storeInput } from './play.ts';
import type { Scene } from './scene.ts';
import { must } from './step-failure.ts';
import type { Documents } from './story-documents.ts';

/** A clone of the origin with a commit that is not pushed: what somebody tries leaves what was registered as it is. */
async function attempt(
  scene: Scene,
  name: string,
  change: (folder: string) => Promise<void>,
  message: string,
): Promise<string> {
  const folder = scene.place(name);
  scene.git(scene.place('.'), 'clone', '--quiet', scene.origin, folder);
  await change(folder);
  scene.git(folder, 'commit', '--quiet', '--all', '-m', message);
  return folder;
}

export async function playWorseModel(scene: Scene, narrator: Narrator): Promise<string> {
  const folder = await attempt(scene, 'worse-labels', shuffleLabels, 'Take the labels from another list');
  for (const action of ['validate-data', 'engineer-features', 'train-model']) {
    const inputs = action === 'train-model' ? storeInput(scene) : {};
    const run = await scene.act(`worse-${action}`, action, inputs, folder);
    must(run.exitCode === 0, `${action} stopped before the gates: ${run.outputs.summary}`);
  }
  const asked = { step: 'worse-evaluate', action: 'evaluate-model', folder, expected: 'fail' } as const;
  const { metrics, gates } = await actOut<Documents['evaluate']>(scene, narrator, asked);
  must(
    gates.some(({ state, if: gate }) => state === 'failed' && gate.includes('production')),
    'the gate against production did not fail',
  );
  const refused = await scene.act('worse-register', 'register-model', storeInput(scene), folder);
  must(refused.exitCode !== 0, 'a model whose gates failed was registered');
  const tags = scene.git(scene.origin, 'tag', '--list');
  must(tags === 'penguins@v1.0.0', `the origin has the tags ${tags}`);
  return `with shuffled labels accuracy is ${percent(metrics.accuracy)}: refused by its gates, and not registered`;
}

export async function playBrokenTable(scene: Scene, narrator: Narrator): Promise<string> {
  const folder = await attempt(scene, 'broken-table', breakTable, 'Add the field notes of this week');
  const asked = { step: 'broken-validate', action: 'validate-data', folder, expected: 'fail' } as const;
  const { datasets } = await actOut<Documents['validate']>(scene, narrator, asked);
  const unmet = datasets.reduce((sum, { validation }) => sum + validation.statistics.unsuccessful_expectations, 0);
  must(unmet >= 3, `only ${unmet} expectations noticed`);
  return `a penguin of 9 tonnes, one without a species and one twice: ${unmet} expectations are not met`;
}
