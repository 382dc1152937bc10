import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deliveredPayload, pullRequestEvent, pushEvent } from '../demo/workflow.ts';
import type { RunnerEvent } from '../doors/runner.ts';
import type { Lane } from '../lanes/lane.ts';
import type { ActRun } from './run-act.ts';
import type { Stage } from './stage.ts';

interface Comment {
  readonly id: number;
  readonly body: string;
  readonly user: { readonly login: string };
}

interface PullRequest {
  readonly number: number;
  readonly title: string;
  readonly head: { readonly sha: string; readonly ref: string };
}

interface Status {
  readonly context: string;
  readonly state: string;
  readonly description: string;
  readonly creator: { readonly login: string };
}

interface Release {
  readonly tag_name: string;
  readonly draft: boolean;
  readonly assets: readonly unknown[];
}

const promotionBranch = 'model-gitops/promote/penguins/production';
const bot = 'github-actions[bot]';

/** Changes the training, as a person does: on a branch, pushed. Answers the commit. */
async function pushChange({ anna, checkout }: Stage, branch: string, epochs: number): Promise<string> {
  const path = join(checkout, 'models/penguins/model.yaml');
  const text = await readFile(path, 'utf8');
  await anna.git(checkout, 'checkout', '--quiet', '-B', branch);
  await writeFile(path, text.replace(/epochs: \d+/, `epochs: ${epochs}`));
  await anna.git(checkout, 'commit', '--quiet', '--all', '--message', `Train for ${epochs} epochs`);
  await anna.git(checkout, 'push', '--quiet', 'origin', branch);
  return anna.git(checkout, 'rev-parse', 'HEAD');
}

async function openPullRequest({ anna }: Stage, branch: string): Promise<number> {
  const { data } = await anna.call('POST pulls', { title: 'Train longer', body: '', head: branch, base: 'main' });
  return (data as PullRequest).number;
}

async function commentsOn({ anna }: Stage, number: number): Promise<readonly Comment[]> {
  return (await anna.call(`GET issues/${number}/comments`)).data as readonly Comment[];
}

const workflow = ({ checkout }: Stage, name: string) => join(checkout, '.github/workflows', name);
const composite = fileURLToPath(new URL('composite.yml', import.meta.url));

function claimRan(lane: Lane, title: string, { exitCode, log, downloads, isTokenShown }: ActRun): void {
  lane.claim(title, exitCode === 0, log);
  lane.claim(
    '  it downloads nothing and shows no token',
    downloads.length === 0 && !isTokenShown,
    downloads.join('\n'),
  );
}

const ledgerFiles = ({ origin }: Stage) => origin('ls-tree', '-r', '--name-only', 'refs/heads/model-gitops/ledger');
const versions = ({ origin }: Stage) => origin('tag', '--list');

/** A pull request is trained and judged, told once, and registers nothing. */
async function playPullRequest(lane: Lane, stage: Stage): Promise<number> {
  const { github } = stage;
  await pushChange(stage, 'longer', 500);
  const number = await openPullRequest(stage, 'longer');
  const run = async () => stage.run(workflow(stage, 'models.yml'), await pullRequestEvent(stage, number));
  claimRan(lane, 'models.yml runs on a pull request', await run());
  const before = await commentsOn(stage, number);
  lane.claim(
    'it has one comment, by the token of the workflow',
    before.length === 1 && before[0]?.user.login === bot && before[0].body.includes('accuracy'),
    JSON.stringify(before),
  );
  await pushChange(stage, 'longer', 600);
  claimRan(lane, 'models.yml runs on the next push', await run());
  const after = await commentsOn(stage, number);
  const isEdited = after[0]?.id === before[0]?.id && after[0]?.body !== before[0]?.body;
  lane.claim('its comment was edited, and is still one', after.length === 1 && isEdited, JSON.stringify(after));
  lane.claim('nothing is registered before the merge', (await versions(stage)) === '', await versions(stage));
  const count = (route: string) => github.requests.count({ route, actor: bot });
  const [written, edited] = [
    count('POST /repos/{owner}/{repo}/issues/{number}/comments'),
    count('PATCH /repos/{owner}/{repo}/issues/comments/{id}'),
  ];
  lane.claim('the comment took one call a run', written === 1 && edited === 1, `${written} and ${edited}`);
  return number;
}

async function merge({ ben, origin }: Stage, number: number): Promise<string> {
  const { status, data } = await ben.call(`PUT pulls/${number}/merge`, { merge_method: 'merge' });
  if (status !== 200) throw new Error(`pull request ${number} was not merged: ${JSON.stringify(data)}`);
  return origin('rev-parse', 'refs/heads/main');
}

/** What a run of training keeps stays a draft. */
async function publishedReleases({ anna }: Stage): Promise<readonly Release[]> {
  const all = (await anna.call('GET releases')).data as readonly Release[];
  return all.filter(({ draft }) => !draft);
}

/** The merge registers, and staging asks nobody. */
async function playMerge(lane: Lane, stage: Stage, number: number): Promise<RunnerEvent> {
  const event = await pushEvent(stage, await merge(stage, number));
  const run = await stage.run(workflow(stage, 'models.yml'), event);
  claimRan(lane, 'models.yml runs on the merge', run);
  lane.claim('it takes the training of the pull request', /set-output:: reused=true/.test(run.log), run.log);
  const tags = await versions(stage);
  lane.claim('one version is registered', tags === 'penguins@v1.0.0', tags);
  const published = await publishedReleases(stage);
  const [release, ...others] = published;
  const isWhole = release?.tag_name === tags && release.assets.length > 0 && others.length === 0;
  lane.claim('its bytes lie in one release of its tag', isWhole, published.map(({ tag_name }) => tag_name).join('\n'));
  const ledger = await ledgerFiles(stage);
  lane.claim('staging wants it', /penguins\/.*assigned-staging/.test(ledger), ledger);
  return event;
}

async function promotions({ anna }: Stage): Promise<readonly PullRequest[]> {
  const all = (await anna.call('GET pulls?state=all')).data as readonly PullRequest[];
  return all.filter(({ head }) => head.ref === promotionBranch);
}

async function statusOf({ anna }: Stage, { head }: PullRequest): Promise<Status | undefined> {
  const all = (await anna.call(`GET commits/${head.sha}/statuses`)).data as readonly Status[];
  return all.find(({ context }) => context === 'model-gitops/promotion');
}

/** Without the app: the workflow proposes, and tells in a status what is missing. */
async function playPromotion(lane: Lane, stage: Stage, event: RunnerEvent): Promise<void> {
  const reconcile = workflow(stage, 'reconcile.yml');
  claimRan(lane, 'reconcile.yml runs on the merge', await stage.run(reconcile, event));
  const [promotion, ...more] = await promotions(stage);
  const isOne = promotion?.title.startsWith('Promote penguins 1.0.0 to production') === true && more.length === 0;
  lane.claim('it opened one promotion', isOne, JSON.stringify([promotion, ...more]));
  if (promotion === undefined) return;
  const red = await statusOf(stage, promotion);
  lane.claim('its status is red', red?.state === 'failure' && red.creator.login === bot, JSON.stringify(red));
  await stage.ben.call(`POST pulls/${promotion.number}/reviews`, { event: 'APPROVE', commit_id: promotion.head.sha });
  const payload = deliveredPayload(stage.github, 'pull_request_review', ({ action }) => action === 'submitted');
  const place = await pullRequestEvent(stage, promotion.number);
  const review = { ...place, name: 'pull_request_review', payload };
  claimRan(lane, 'reconcile.yml runs on a review', await stage.run(reconcile, review));
  const green = await statusOf(stage, promotion);
  lane.claim('an approval makes its status green', green?.state === 'success', JSON.stringify(green));
  const merged = await pushEvent(stage, await merge(stage, promotion.number));
  claimRan(lane, 'reconcile.yml runs on the merge of the promotion', await stage.run(reconcile, merged));
  const ledger = await ledgerFiles(stage);
  lane.claim('the merge is witnessed', /penguins\/.*merged-production/.test(ledger), ledger);
}

/** All of it in one step. */
async function playComposite(lane: Lane, stage: Stage): Promise<void> {
  await stage.anna.git(stage.checkout, 'checkout', '--quiet', '-B', 'main');
  await pushChange(stage, 'one-step', 450);
  const number = await openPullRequest(stage, 'one-step');
  const before = await versions(stage);
  claimRan(
    lane,
    'the action at the root runs on a pull request',
    await stage.run(composite, await pullRequestEvent(stage, number)),
  );
  const comments = await commentsOn(stage, number);
  lane.claim('it leaves one comment', comments.length === 1, JSON.stringify(comments));
  lane.claim('and registers nothing', (await versions(stage)) === before, await versions(stage));
}

/** From a pull request to a promotion that may be merged. Each step needs the one before. */
export async function playStory(lane: Lane, stage: Stage): Promise<void> {
  const { anna, checkout } = stage;
  await anna.git(checkout, 'add', '--all');
  await anna.git(checkout, 'commit', '--quiet', '--message', 'Start with the example');
  await anna.git(checkout, 'push', '--quiet', 'origin', 'HEAD:main');
  const number = await playPullRequest(lane, stage);
  const event = await playMerge(lane, stage, number);
  await playPromotion(lane, stage, event);
  await playComposite(lane, stage);
}
