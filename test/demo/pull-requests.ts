import type { Person } from './people.ts';
import type { Scene } from './scene.ts';
import { must } from './step-failure.ts';

/** What the story looks at in GitHub's answers. */
export interface Pull {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: 'open' | 'closed';
  readonly merged_at: string | null;
  readonly user: { readonly login: string };
  readonly head: { readonly sha: string };
  readonly labels: readonly { readonly name: string }[];
}

export interface CheckRun {
  readonly conclusion: string | null;
  readonly output: { readonly title: string; readonly summary: string };
}

export interface Comment {
  readonly id: number;
  readonly user: { readonly login: string };
  readonly body: string;
}

export const promotionBranch = 'model-gitops/promote/penguins/production';

export async function openPull(
  person: Person,
  asked: { readonly head: string; readonly title: string; readonly body: string },
): Promise<number> {
  const { status, data } = await person.call('POST pulls', { base: 'main', ...asked });
  must(status === 201, `GitHub opened no pull request: ${JSON.stringify(data)}`);
  return (data as Pull).number;
}

export async function readPull(scene: Scene, number: number): Promise<Pull> {
  return (await scene.anna.call(`GET pulls/${number}`)).data as Pull;
}

/** The pull request of a promotion; there must be exactly one that is open. */
export async function readPromotion(scene: Scene): Promise<Pull> {
  const { data } = await scene.anna.call(`GET pulls?state=open&head=acme:${promotionBranch}`);
  const [pull, ...more] = data as readonly Pull[];
  must(pull !== undefined, 'nobody opened a promotion pull request');
  must(more.length === 0, `there are ${more.length + 1} promotion pull requests`);
  return pull;
}

/** The app's check on a commit; there must be exactly one. */
export async function readCheck(scene: Scene, head: string): Promise<CheckRun> {
  const { data } = await scene.anna.call(`GET commits/${head}/check-runs?filter=all`);
  const [check, ...more] = (data as { readonly check_runs: readonly CheckRun[] }).check_runs;
  must(check !== undefined, `the app posted no check on ${head.slice(0, 10)}`);
  must(more.length === 0, `there are ${more.length + 1} checks on ${head.slice(0, 10)}`);
  return check;
}

export async function readComments(scene: Scene, number: number): Promise<readonly Comment[]> {
  return (await scene.anna.call(`GET issues/${number}/comments`)).data as readonly Comment[];
}

export async function approve(scene: Scene, person: Person, number: number): Promise<void> {
  const { status, data } = await person.call(`POST pulls/${number}/reviews`, {
    event: 'APPROVE',
    body: 'Looks right.',
  });
  must(status === 200, `GitHub took no review of ${person.login}: ${JSON.stringify(data)}`);
  await scene.settled();
}

/** Presses the button on what was seen; null: it is merged, otherwise what GitHub said. */
export async function merge(scene: Scene, person: Person, { number, head }: Pull): Promise<string | null> {
  const { status, data } = await person.call(`PUT pulls/${number}/merge`, { merge_method: 'merge', sha: head.sha });
  await scene.settled();
  if (status === 200) return null;
  const { message } = data as { readonly message: string };
  return `${status} ${message.trim().replace(/\s*\n\s*/g, ': ')}`;
}

/** As people see it, in Markdown. */
export function renderPull({ number, title, user, labels, body }: Pull): string {
  const names = labels.map(({ name }) => `\`${name}\``).join(' ');
  return `# ${title} #${number}\n\n*${user.login}* wants to merge into \`main\` · ${names}\n\n${body}\n`;
}

export function renderCheck({ conclusion, output }: CheckRun): string {
  return `# ${conclusion === 'success' ? '✅' : '❌'} model-gitops/promotion: ${output.title}\n\n${output.summary}\n`;
}
