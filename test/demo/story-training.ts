import { breakTable, shuffleLabels } from './alterations.ts';
import type { Narrator } from './narrator.ts';
import { act, actOut, percent } from './play.ts';
import { openPull, readCheck, readComments, readPull, renderCheck } from './pull-requests.ts';
import type { Scene } from './scene.ts';
import { must } from './step-failure.ts';
import type { Documents } from './story-documents.ts';
import { pullRequestEvent } from './workflow.ts';

/** Branch of Anna's first change. */
export const firstChange = 'predict-species';

export async function playPush(scene: Scene): Promise<string> {
  const { anna, checkout, options } = scene;
  await anna.git(checkout, 'add', '--all', '--', ':!models', ':!.github/workflows');
  await anna.git(checkout, 'commit', '--quiet', '-m', 'The penguins of the Palmer Archipelago');
  await anna.git(checkout, 'push', '--quiet', '--set-upstream', 'origin', 'main');
  await scene.settled();
  const files = (await anna.git(checkout, 'ls-files')).split('\n').length;
  const isThere =
    (await scene.origin('rev-parse', 'refs/heads/main')) === (await anna.git(checkout, 'rev-parse', 'HEAD'));
  must(isThere, 'GitHub does not have the commit');
  return `${files} files on main, without a model yet; seed ${options.seed}`;
}

export async function playPropose(scene: Scene, narrator: Narrator): Promise<string> {
  const { anna, checkout, options } = scene;
  if (options.break === 'gate') await shuffleLabels(checkout);
  if (options.break === 'data') await breakTable(checkout);
  await anna.git(checkout, 'switch', '--quiet', '--create', firstChange);
  await anna.git(checkout, 'add', '--all');
  await anna.git(checkout, 'commit', '--quiet', '-m', 'Predict the species of a penguin');
  await anna.git(checkout, 'push', '--quiet', '--set-upstream', 'origin', firstChange);
  const body = 'A softmax regression on four measurements, and the workflow that holds it to its gates.';
  const number = await openPull(anna, { head: firstChange, title: 'Predict the species of a penguin', body });
  await scene.settled();
  const { head } = await readPull(scene, number);
  const check = await readCheck(scene, head.sha);
  await narrator.show('check.md', renderCheck(check));
  must(check.conclusion === 'success', `the app's check is ${check.conclusion}: ${check.output.title}`);
  await scene.run('pull-request', await pullRequestEvent(scene, number));
  return `pull request #${number}; the app looked at it and says: ${check.output.title}`;
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
  const asked = { step: 'features', action: 'engineer-features' };
  const document = await actOut<Documents['features']>(scene, narrator, asked);
  const rows = document.outputs.map(({ name, rows: count }) => `${count} for ${name}`);
  must(
    document.outputs.length === 2 && document.outputs.every((output) => output.rows > 50),
    `features came out as ${rows.join(', ') || 'nothing'}`,
  );
  const again = await act(scene, { ...asked, step: 'features-again' });
  must((again.document as Documents['features']).cached, 'the same inputs and definition were computed twice');
  return `${rows.join(', ')}; a second run took them from the first`;
}

export async function playTrain(scene: Scene, narrator: Narrator): Promise<string> {
  const asked = { step: 'train', action: 'train-model' };
  const first = await actOut<Documents['train']>(scene, narrator, asked);
  must(first.run !== null && !first.reused && first.recorded, 'nothing was trained, or the run was not recorded');
  const again = await act(scene, { ...asked, step: 'train-again' });
  const second = again.document as Documents['train'];
  must(second.reused && second.run?.id === first.run.id, 'the same key was trained twice');
  return `${first.run.id} is in the ledger under its key; a second run reused its bytes`;
}

async function onlyComment(scene: Scene, number: number): Promise<{ readonly id: number; readonly body: string }> {
  const comments = await readComments(scene, number);
  const [comment] = comments;
  must(comment !== undefined && comments.length === 1, `${comments.length} comments on the pull request, not one`);
  must(comment.user.login === 'github-actions[bot]', `${comment.user.login} wrote the comment`);
  return comment;
}

/** The verdict in a comment of the pull request, which a second run edits. */
async function mustCommentOnce(scene: Scene, narrator: Narrator): Promise<void> {
  const [{ number }] = (await scene.anna.call(`GET pulls?head=acme:${firstChange}`)).data as [{ number: number }];
  const comment = await onlyComment(scene, number);
  await narrator.show('comment.md', comment.body);
  await scene.keep('comment.md', comment.body);
  await act(scene, { step: 'evaluate-again', action: 'evaluate-model' });
  must((await onlyComment(scene, number)).id === comment.id, 'a second run wrote a second comment');
}

export async function playEvaluate(scene: Scene, narrator: Narrator): Promise<string> {
  const asked = { step: 'evaluate', action: 'evaluate-model' };
  const { metrics, rows, gates } = await actOut<Documents['evaluate']>(scene, narrator, asked);
  must(metrics.accuracy > 0.9, `accuracy ${metrics.accuracy} on held-out rows`);
  const notYet = gates.filter(({ state }) => state === 'not-applicable');
  must(
    notYet.length === 1,
    `${notYet.length} gates say "not applicable", where one names production, which has no version`,
  );
  await mustCommentOnce(scene, narrator);
  return `accuracy ${percent(metrics.accuracy)} on ${rows} rows that training never saw; ${gates.length - notYet.length} gates passed, ${notYet.length} not applicable yet; one comment, however often it runs`;
}
