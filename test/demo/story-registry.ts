import type { Narrator } from './narrator.ts';
import { act, actOut, ask, prepare } from './play.ts';
import { merge, readCheck, readPull } from './pull-requests.ts';
import type { Scene } from './scene.ts';
import { must } from './step-failure.ts';
import type { Documents } from './story-documents.ts';
import { firstChange } from './story-training.ts';
import { pushEvent } from './workflow.ts';

/** The run that a push to main asks for. */
export async function runMain(scene: Scene, name: string): Promise<void> {
  await scene.run(name, await pushEvent(scene, await scene.origin('rev-parse', 'refs/heads/main')));
}

export async function playMergeCode(scene: Scene): Promise<string> {
  const [{ number }] = (await scene.anna.call(`GET pulls?head=acme:${firstChange}`)).data as [{ number: number }];
  const refusal = await merge(scene, scene.ben, await readPull(scene, number));
  must(refusal === null, `GitHub refused the merge: ${refusal}`);
  await runMain(scene, 'main');
  must(await prepare(scene, 'main'), 'the run on main trained again what the pull request had trained');
  const { exitCode, outputs } = await act(scene, { step: 'main-evaluate', action: 'evaluate-model' });
  must(exitCode === 0, `the gates do not pass on main: ${outputs.summary}`);
  return `${scene.ben.login} merged #${number}; the run on main took the bytes that the pull request had trained`;
}

export async function playRegister(scene: Scene, narrator: Narrator): Promise<string> {
  const asked = { step: 'register', action: 'register-model' };
  const first = await actOut<Documents['register']>(scene, narrator, asked);
  must(
    first.created && first.version === '1.0.0',
    `registered ${first.version ?? 'nothing'}, created ${first.created}`,
  );
  const tag = await scene.origin('cat-file', '-t', `refs/tags/${first.tag}`);
  must(tag === 'tag', `${first.tag} is no annotated tag on GitHub`);
  const again = await act(scene, { ...asked, step: 'register-again' });
  const second = again.document as Documents['register'];
  must(!second.created && second.version === first.version, 'the same operation registered twice');
  const tags = await scene.origin('tag', '--list');
  must(tags === first.tag, `GitHub has the tags ${tags}`);
  return `${first.tag} is an annotated tag on GitHub, its bytes are in a release; registering again made nothing`;
}

export async function playStaging(scene: Scene, narrator: Narrator): Promise<string> {
  await scene.settled();
  await scene.anna.git(scene.checkout, 'switch', '--quiet', 'main');
  await scene.anna.git(scene.checkout, 'pull', '--quiet', '--ff-only');
  const { entries } = await ask<Documents['history']>(scene, narrator, 'history', 'penguins', 'staging');
  const [entry] = entries;
  must(
    entries.length === 1 && entry?.kind === 'assign' && entry.version === '1.0.0',
    `the app did not assign the version to staging: ${JSON.stringify(entries)}`,
  );
  return 'the app heard of the tag, saw that staging asks nobody, and assigned 1.0.0';
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

export async function playHistory(scene: Scene, narrator: Narrator): Promise<string> {
  const { entries } = await ask<Documents['history']>(scene, narrator, 'history', 'penguins', 'production');
  const [entry] = entries;
  must(entries.length === 1 && entry?.kind === 'promote', `production has the history ${JSON.stringify(entries)}`);
  must(
    entry.requestedBy === 'anna' && entry.approvedBy?.join() === 'ben' && entry.pullRequest !== undefined,
    `the history says: asked by ${entry.requestedBy}, approved by ${entry.approvedBy?.join()}`,
  );
  return `asked for by ${entry.requestedBy}, approved by ${entry.approvedBy.join()} in #${entry.pullRequest}`;
}

export async function playVerify(scene: Scene, narrator: Narrator): Promise<string> {
  const { findings, approval, checked } = await ask<Documents['verify']>(scene, narrator, 'verify');
  must(
    findings.length === 0 && checked.versions === 1 && checked.pointers >= 1,
    `${findings.length} findings on ${checked.versions} versions`,
  );
  must(approval === 'known', `who approved is ${approval}`);
  return `nothing was changed outside the rules: ${checked.versions} version, ${checked.pointers} pointer change looked at, approval ${approval}`;
}

/** That the check of a commit is as the story says. */
export async function mustConclude(scene: Scene, head: string, conclusion: 'success' | 'failure') {
  const check = await readCheck(scene, head);
  must(check.conclusion === conclusion, `the check is ${check.conclusion}, not ${conclusion}: ${check.output.title}`);
  return check;
}
