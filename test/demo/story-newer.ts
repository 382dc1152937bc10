import { addFeature, trainLonger } from './alterations.ts';
import type { Narrator } from './narrator.ts';
import { act, prepare } from './play.ts';
import { merge, openPull, readPromotion, readPull, renderPull } from './pull-requests.ts';
import { renderPage } from './render-page.ts';
import type { Scene } from './scene.ts';
import { must } from './step-failure.ts';
import type { Documents } from './story-documents.ts';
import { mustConclude, runMain } from './story-registry.ts';
import { pullRequestEvent } from './workflow.ts';

interface Change {
  readonly branch: string;
  readonly title: string;
  readonly alter: (checkout: string) => Promise<void>;
}

/** Anna changes something from main on. Answers the number of her pull request. */
async function openChange(scene: Scene, { branch, title, alter }: Change): Promise<number> {
  const { anna, checkout } = scene;
  await anna.git(checkout, 'switch', '--quiet', 'main');
  await anna.git(checkout, 'pull', '--quiet', '--ff-only');
  await anna.git(checkout, 'switch', '--quiet', '--create', branch);
  await alter(checkout);
  await anna.git(checkout, 'commit', '--quiet', '--all', '-m', title);
  await anna.git(checkout, 'push', '--quiet', 'origin', branch);
  const number = await openPull(anna, { head: branch, title, body: '' });
  await scene.settled();
  return number;
}

/** The same, and the workflow starts on it. */
export async function proposeChange(scene: Scene, change: Change): Promise<number> {
  const number = await openChange(scene, change);
  await scene.run(change.branch, await pullRequestEvent(scene, number));
  return number;
}

async function evaluate(scene: Scene, name: string): Promise<void> {
  const { exitCode, outputs } = await act(scene, { step: `${name}-evaluate`, action: 'evaluate-model' });
  must(exitCode === 0, `the gates do not pass: ${outputs.summary}`);
}

/** From a pull request to a version: Ben's merge and the run on main, which reuses what was trained before. */
async function release(scene: Scene, number: number, isTrained: boolean): Promise<string | null> {
  const refusal = await merge(scene, scene.ben, await readPull(scene, number));
  must(refusal === null, `GitHub refused the merge: ${refusal}`);
  const name = `main-${number}`;
  await runMain(scene, name);
  const isReused = await prepare(scene, name);
  must(isReused === isTrained, isReused ? 'bytes of something else were reused' : 'the run on main trained again');
  await evaluate(scene, name);
  const { document, outputs } = await act(scene, { step: `${name}-register`, action: 'register-model' });
  await scene.settled();
  const { created, version } = document as Documents['register'];
  must(created, `nothing was registered: ${outputs.summary}`);
  return version;
}

export async function playNewer(scene: Scene, narrator: Narrator): Promise<string> {
  const change = { branch: 'flipper-ratio', title: 'Add the ratio of flipper to mass', alter: addFeature };
  const number = await proposeChange(scene, change);
  await prepare(scene, change.branch);
  await evaluate(scene, change.branch);
  const version = await release(scene, number, true);
  must(version === '2.0.0', `a further input made version ${version}`);
  const pull = await readPromotion(scene);
  const text = renderPull(pull);
  await narrator.show('promotion.md', text);
  await scene.keep('promotion-newer.md', text);
  await scene.keep('promotion-newer.html', renderPage(pull.title, text));
  must(pull.title === 'Promote penguins 2.0.0 to production (from 1.0.0)', `it is called "${pull.title}"`);
  await mustConclude(scene, pull.head.sha, 'failure');
  return `a further input makes it 2.0.0; #${pull.number} shows it beside 1.0.0, which production has`;
}

/** Ben does not wait for the workflow of the pull request: the run on main then trains. */
export async function playMoveOn(scene: Scene, narrator: Narrator): Promise<string> {
  const before = await readPromotion(scene);
  const change = { branch: 'train-longer', title: 'Train for 500 epochs', alter: trainLonger };
  const version = await release(scene, await openChange(scene, change), false);
  must(version === '2.1.0', `another parameter made version ${version}`);
  const pull = await readPromotion(scene);
  await narrator.show('promotion.md', renderPull(pull));
  must(pull.number === before.number, `a second pull request, #${pull.number}, was opened`);
  must(pull.head.sha !== before.head.sha, 'the pull request stayed where it was');
  must(pull.title.includes(` ${version} `), `it is still called "${pull.title}"`);
  await mustConclude(scene, pull.head.sha, 'failure');
  return `the same #${pull.number} now promotes ${version}`;
}
