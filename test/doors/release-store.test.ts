import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createForgeTeam, type ForgeTeam } from './forge-team.ts';
import { all, errorsOf, headOf, ledgerOf, refsOf, runSteps, told, untilGates } from './steps.ts';
import { rewrite } from './team.ts';
import { pullRequestEvent, pushEvent } from './workflow-events.ts';

// Nobody names a store here: on a GitHub the bytes lie in its releases.

let team: ForgeTeam;
let folder: string;
beforeAll(async () => {
  team = await createForgeTeam();
  folder = team.checkout('runner');
});
afterAll(() => team.close());

const releases = () => team.github.state.releases.map(({ name, tag, isDraft }) => ({ name, tag, isDraft }));
const published = () => releases().filter(({ isDraft }) => !isDraft);
const drafts = () => releases().filter(({ isDraft }) => isDraft);
const tags = () => team.git(team.origin, 'tag', '--list').split('\n').filter(Boolean);
const register = (as: Pick<ForgeTeam, 'step'> = team) =>
  as.step(folder, 'register-model', pushEvent(headOf(team, folder)));

/** Calls of REST and GraphQL; what git asks for over HTTP is no call of the API. */
async function callsDuring<Result>(act: () => Promise<Result>) {
  team.github.requests.reset();
  const result = await act();
  return { result, calls: team.github.requests.all.map(({ route }) => route) };
}

it('keeps the bytes of a run in a draft of its own', async () => {
  const steps = await runSteps(team, folder, { actions: untilGates });
  expect(steps['train-model'].outputs, told(steps['train-model'])).toMatchObject({ recorded: 'true' });
  expect(drafts().map(({ name }) => name)).toEqual([expect.stringMatching(/^model-gitops: run \S+ of penguins$/)]);
  expect(published()).toEqual([]);
});

it('registers nothing with a token that may only read, and names the permission that it lacks', async () => {
  const before = [refsOf(team), drafts()];
  const refused = await register(team.with({ contents: 'read' }));
  expect(refused.exitCode, told(refused)).toBe(2);
  expect(errorsOf(refused).map(({ message }) => message)).toEqual([expect.stringContaining('contents: write')]);
  expect(JSON.stringify(refused.document)).toContain('forge-permission');
  expect([refsOf(team), drafts()]).toEqual(before);
});

it('registers with at most 12 calls: a release with the tag of the version, and the bytes by their digest', async () => {
  const { result, calls } = await callsDuring(register);
  expect(result.exitCode, told(result)).toBe(0);
  expect(result.outputs).toMatchObject({ version: '1.0.0', created: 'true' });
  expect(calls.length, calls.join('\n')).toBeLessThanOrEqual(12);
  expect(published()).toEqual([{ name: 'penguins 1.0.0', tag: 'penguins@v1.0.0', isDraft: false }]);
  expect(tags()).toEqual(['penguins@v1.0.0']);
  expect(team.git(team.origin, 'cat-file', '-t', 'penguins@v1.0.0')).toBe('tag');
  expect(result.annotations).toEqual([]);
});

it('writes nothing when it runs again', async () => {
  const before = [refsOf(team), team.github.state.releases.length, team.github.state.assets.length];
  const { result, calls } = await callsDuring(register);
  expect(result.outputs).toMatchObject({ version: '1.0.0', created: 'false' });
  expect(calls.filter((route) => !/^(GET|query) /.test(route))).toEqual([]);
  expect(calls.length, calls.join('\n')).toBeLessThanOrEqual(2);
  expect([refsOf(team), team.github.state.releases.length, team.github.state.assets.length]).toEqual(before);
});

it('gives the bytes to a fresh clone with a token that may only read', async () => {
  const fresh = team.checkout('reader');
  const event = pushEvent(headOf(team, fresh));
  const inputs = { model: 'penguins@1.0.0', 'out-path': 'served' };
  const fetched = await team.with({ contents: 'read' }).step(fresh, 'fetch-model', event, inputs);
  expect(fetched.exitCode, told(fetched)).toBe(0);
  const [file] = JSON.parse(fetched.outputs.files ?? '') as { sha256: string }[];
  const bytes = readFileSync(fetched.outputs.path ?? '');
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(file?.sha256);
  expect(team.github.state.assets.map(({ name }) => name)).toContain(file?.sha256);
});

it('finds the bytes of a run on a pull request when it is merged', async () => {
  const author = team.checkout('author');
  rewrite(join(author, 'models/penguins/model.yaml'), (text) => text.replace('epochs: 400', 'epochs: 450'));
  const head = team.push(author, 'more-epochs', 'Try more epochs');
  const merge = team.git(author, 'commit-tree', '-p', 'HEAD~1', '-p', 'HEAD', '-m', 'merge', 'HEAD^{tree}');
  team.git(author, 'push', '--quiet', team.origin, `${merge}:refs/heads/pull-more-epochs`);
  const runner = team.checkout('pull-request', 'pull-more-epochs');
  team.git(runner, 'checkout', '--quiet', '--detach');
  const proposed = await runSteps(team, runner, { actions: all, event: pullRequestEvent(merge, head) });
  expect(proposed['train-model'].outputs).toMatchObject({ reused: 'false', recorded: 'true' });
  expect(drafts()).toHaveLength(2);
  expect(published()).toHaveLength(1);

  team.git(author, 'push', '--quiet', team.origin, 'HEAD:refs/heads/main');
  const merged = await runSteps(team, team.checkout('merged'), { actions: all });
  expect(merged['train-model'].outputs).toMatchObject({
    reused: 'true',
    run: proposed['train-model'].outputs.run,
    sha256: proposed['train-model'].outputs.sha256,
  });
  expect(merged['register-model'].outputs).toMatchObject({ version: '1.1.0', created: 'true' });
  expect(published().map(({ tag }) => tag)).toEqual(['penguins@v1.0.0', 'penguins@v1.1.0']);
  expect(tags()).toEqual(['penguins@v1.0.0', 'penguins@v1.1.0']);
  expect(ledgerOf(team).filter((path) => path.includes('registered-'))).toHaveLength(2);
});

it('writes no bytes for the code of a fork, whatever the token may', async () => {
  const author = team.checkout('stranger');
  rewrite(join(author, 'models/penguins/model.yaml'), (text) => text.replace('epochs: 450', 'epochs: 380'));
  const head = team.push(author, 'fork', 'Try fewer epochs');
  const runner = team.checkout('fork-runner', 'fork');
  const before = [refsOf(team), releases()];
  const steps = await runSteps(team, runner, { actions: all, event: pullRequestEvent(head, head, { isFork: true }) });
  expect(steps['train-model'].outputs).toMatchObject({ recorded: 'false' });
  expect([refsOf(team), releases()]).toEqual(before);
});
