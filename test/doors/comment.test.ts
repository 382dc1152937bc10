import { afterAll, beforeAll, expect, it } from 'vitest';
import { createForgeTeam, type ForgeTeam } from './forge-team.ts';
import { headOf, told, untilGates } from './steps.ts';
import { rewrite, type Step, type Team } from './team.ts';
import { pullRequestEvent } from './workflow-events.ts';

let team: ForgeTeam;
let writer: Team;
let folder: string;
beforeAll(async () => {
  team = await createForgeTeam();
  writer = team.with({ contents: 'write', pull_requests: 'write' });
  team.github.createUser('anna');
  team.github.addCollaborator('acme/penguins', 'anna', 'write');
  folder = writer.checkout('change');
  rewrite(`${folder}/models/penguins/model.yaml`, (text) =>
    text.replace('metrics.accuracy > 0.9', 'metrics.accuracy > 0.91'),
  );
  writer.push(folder, 'change', 'Ask for more');
  await open('change');
});
afterAll(() => team.close());

/** Opens the pull request as Anna does; the first one of a repository is number 1. */
async function open(head: string): Promise<void> {
  const headers = { authorization: `token ${team.github.createToken('anna')}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ head, base: 'main', title: 'A change', body: '' });
  const answer = await fetch(`${team.github.apiUrl}/repos/acme/penguins/pulls`, { method: 'POST', headers, body });
  expect(answer.status, await answer.text()).toBe(201);
}

/** The event of pull request 1. */
function event() {
  const { payload, ...rest } = pullRequestEvent(headOf(team, folder), headOf(team, folder));
  const { pull_request } = payload as { pull_request: object };
  return { ...rest, payload: { ...payload, number: 1, pull_request: { ...pull_request, number: 1 } } };
}

async function evaluate(as: Team, inputs: Readonly<Record<string, string>> = {}): Promise<Step> {
  const step = await as.step(folder, 'evaluate-model', event(), inputs);
  expect(step.exitCode, told(step)).toBe(0);
  return step;
}

const comments = () => team.github.state.comments.map(({ body }) => body);

it('a pull request gets one comment, which is the text of the summary', async () => {
  for (const action of untilGates) {
    const step = await writer.step(folder, action, event());
    expect(step.exitCode, told(step)).toBe(0);
    expect(
      step.annotations.filter(({ command }) => command === 'warning'),
      told(step),
    ).toEqual([]);
  }
  const [body = '', ...others] = comments();
  expect(others).toEqual([]);
  expect(body).toMatch(/^<!-- model-gitops:eval key=all sha=[0-9a-f]{40} run=41 v=1 -->\n### ✅ \*\*penguins\*\*/);
  expect(body).toContain('/acme/penguins/actions/runs/8123');
  const again = await evaluate(writer);
  expect(comments()).toHaveLength(1);
  const lines = again.summary.trim().split('\n').slice(0, 3);
  for (const line of lines) expect(comments()[0]).toContain(line);
});

it('other workflows have one of their own, by a key, and some have none', async () => {
  await evaluate(writer, { 'comment-key': 'nightly' });
  await evaluate(writer, { comment: 'never', 'comment-key': 'other' });
  expect(comments()).toHaveLength(2);
});

it('a token that may not comment is a warning that names the line', async () => {
  const step = await evaluate(team, { comment: 'always', 'comment-key': 'denied' });
  const [warning] = step.annotations.filter(({ command }) => command === 'warning');
  expect(warning?.message).toContain('pull-requests: write');
  expect(step.summary).toContain('pull-requests: write');
  expect(comments()).toHaveLength(2);
});
