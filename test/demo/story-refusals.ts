import { breakTable, shuffleLabels } from './alterations.ts';
import type { Narrator } from './narrator.ts';
import { act, actOut, percent, prepare } from './play.ts';
import type { Scene } from './scene.ts';
import { must } from './step-failure.ts';
import type { Documents } from './story-documents.ts';
import { proposeChange } from './story-newer.ts';

export async function playWorseModel(scene: Scene, narrator: Narrator): Promise<string> {
  const before = await scene.origin('tag', '--list');
  const title = 'Take the labels from another list';
  const number = await proposeChange(scene, { branch: 'other-labels', title, alter: shuffleLabels });
  await prepare(scene, 'worse');
  const asked = { step: 'worse-evaluate', action: 'evaluate-model', expected: 'fail' } as const;
  const { metrics, gates } = await actOut<Documents['evaluate']>(scene, narrator, asked);
  must(
    gates.some(({ state, if: gate }) => state === 'failed' && gate.includes('production')),
    'the gate against production did not fail',
  );
  const refused = await act(scene, { step: 'worse-register', action: 'register-model' });
  must(refused.exitCode !== 0, 'a model whose gates failed was registered');
  must((await scene.origin('tag', '--list')) === before, 'a model whose gates failed has a tag');
  return `#${number} with shuffled labels: accuracy ${percent(metrics.accuracy)}, refused by its gates, and not registered`;
}

export async function playBrokenTable(scene: Scene, narrator: Narrator): Promise<string> {
  const title = 'Add the field notes of this week';
  const number = await proposeChange(scene, { branch: 'field-notes', title, alter: breakTable });
  const asked = { step: 'broken-validate', action: 'validate-data', expected: 'fail' } as const;
  const { datasets } = await actOut<Documents['validate']>(scene, narrator, asked);
  const unmet = datasets.reduce((sum, { validation }) => sum + validation.statistics.unsuccessful_expectations, 0);
  must(unmet >= 3, `only ${unmet} expectations noticed`);
  return `#${number}, a penguin of 9 tonnes, one without a species and one twice: ${unmet} expectations are not met`;
}
