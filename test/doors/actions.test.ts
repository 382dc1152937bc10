import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { all, headOf, ledgerOf, refsOf, runSteps, told } from './steps.ts';
import { createTeam, rewrite, type Team } from './team.ts';
import { dispatchEvent, pullRequestEvent, pushEvent } from './workflow-events.ts';

let team: Team;
beforeAll(() => {
  team = createTeam();
});
afterAll(() => team.remove());

describe('a push to main', () => {
  let folder = '';
  beforeAll(() => {
    folder = team.checkout('runner');
  });
  const step = (action: string, inputs = {}) => team.step(folder, action, pushEvent(headOf(team, folder)), inputs);

  it('validates the data, and leaves the report where later steps find it', async () => {
    const run = await step('validate-data');
    expect(run.exitCode, told(run)).toBe(0);
    expect(run.outputs).toMatchObject({ outcome: 'pass', 'unsuccessful-expectations': '0' });
    expect(Number(run.outputs['evaluated-expectations'])).toBeGreaterThanOrEqual(20);
    expect(run.outputs.summary).not.toContain('*');
    expect(run.summary).toMatch(/^### ✅ \*\*penguins\*\*/);
    expect(readFileSync(run.outputs['report-path'] ?? '', 'utf8').trim()).toBe(run.summary.trim());
    expect(run.document).toMatchObject({ schema: 'model-gitops/validate-data/1', outcome: 'pass', model: 'penguins' });
    expect(existsSync(join(folder, '.model-gitops/penguins/data.json'))).toBe(true);
    expect(run.annotations).toEqual([]);
  });

  it('makes features once', async () => {
    expect((await step('engineer-features')).outputs).toMatchObject({ outcome: 'pass', cached: 'false' });
    const { outputs } = await step('engineer-features');
    expect(outputs).toMatchObject({ outcome: 'pass', cached: 'true' });
    expect(existsSync(join(folder, outputs['train-path'] ?? ''))).toBe(true);
    expect(existsSync(join(folder, outputs['test-path'] ?? ''))).toBe(true);
    const again = await step('engineer-features', { reuse: 'never' });
    expect(again.outputs.cached).toBe('false');
  });

  it('trains once, and records what the model was made from', async () => {
    const first = await step('train-model');
    expect(first.exitCode, told(first)).toBe(0);
    expect(first.outputs).toMatchObject({ outcome: 'pass', reused: 'false', recorded: 'true' });
    expect(first.log).toContain('training accuracy');
    const second = await step('train-model');
    expect(second.outputs).toMatchObject({ reused: 'true', run: first.outputs.run, sha256: first.outputs.sha256 });
    expect(ledgerOf(team).filter((path) => path.includes('run-recorded'))).toHaveLength(1);
    const { run } = first.document as { run: { workflowRun: string; commit: string } };
    expect(run).toMatchObject({ workflowRun: 'acme/penguins/actions/runs/8123', commit: headOf(team, folder) });
  });

  it('evaluates what it never saw, and judges the gates', async () => {
    const run = await step('evaluate-model');
    expect(run.exitCode, told(run)).toBe(0);
    expect(run.outputs).toMatchObject({ outcome: 'pass', 'gates-failed': '0', 'gates-passed': '3' });
    const metrics = JSON.parse(run.outputs.metrics ?? '') as { penguins: { accuracy: number } };
    expect(metrics.penguins.accuracy).toBeGreaterThan(0.9);
    expect(run.summary).toContain('metrics.accuracy');
  });

  it('registers a version as the bot of the workflow, and the same once', async () => {
    const first = await step('register-model');
    expect(first.exitCode, told(first)).toBe(0);
    expect(first.outputs).toMatchObject({ version: '1.0.0', tag: 'penguins@v1.0.0', created: 'true' });
    const tag = team.git(team.origin, 'cat-file', '-p', 'refs/tags/penguins@v1.0.0');
    expect(tag).toContain('tagger github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>');
    const before = refsOf(team);
    const second = await step('register-model');
    expect(second.outputs).toMatchObject({ version: '1.0.0', created: 'false', outcome: 'pass' });
    expect(refsOf(team)).toBe(before);
  });

  it('does the whole chain again without a change of any ref', async () => {
    const before = refsOf(team);
    const again = team.checkout('runner-again');
    const steps = await runSteps(team, again, { actions: all });
    expect(steps['train-model'].outputs.reused).toBe('true');
    expect(steps['register-model'].outputs.created).toBe('false');
    expect(refsOf(team)).toBe(before);
  });

  it('promotes: staging by policy, production by a branch that waits', async () => {
    const event = dispatchEvent(headOf(team, folder), { sender: 'ben' });
    const staging = await team.step(folder, 'promote-model', event, { model: 'penguins', environment: 'staging' });
    expect(staging.exitCode, told(staging)).toBe(0);
    expect(staging.outputs).toMatchObject({ version: '1.0.0', applied: 'true', branch: '', merge: '' });
    const production = await team.step(folder, 'promote-model', event, { model: 'all', environment: 'production' });
    expect(production.exitCode, told(production)).toBe(0);
    expect(production.outputs).toMatchObject({
      version: '1.0.0',
      applied: 'true',
      branch: 'model-gitops/promote/penguins/production',
      merge: 'git merge --no-ff --no-edit origin/model-gitops/promote/penguins/production',
    });
    expect(production.summary).toContain(
      'https://github.com/acme/penguins/compare/main...model-gitops/promote/penguins/production?expand=1',
    );
    const asked = ledgerOf(team).filter((path) => path.includes('promotion-requested'));
    expect(team.git(team.origin, 'show', `model-gitops/ledger:${asked[0]}`)).toContain('"requestedBy":"ben"');
  });

  it('registers nothing for the merge of a promotion, and gives others the bytes', async () => {
    const { commands } = (
      await team.step(folder, 'promote-model', pushEvent(headOf(team, folder)), {
        model: 'penguins',
        environment: 'production',
        'dry-run': 'true',
      })
    ).document as { commands?: readonly string[] };
    expect(commands?.join('\n')).toContain('git merge --no-ff');
    const anna = team.checkout('anna-merges');
    team.git(anna, 'fetch', '--quiet', '--unshallow', 'origin', '+refs/heads/*:refs/remotes/origin/*');
    team.git(anna, 'merge', '--quiet', '--no-ff', '--no-edit', 'origin/model-gitops/promote/penguins/production');
    team.git(anna, 'push', '--quiet', 'origin', 'main');
    const after = team.checkout('runner-after-merge');
    const steps = await runSteps(team, after, { actions: all });
    expect(steps['register-model'].outputs).toMatchObject({ version: '1.0.0', created: 'false' });
    const fetched = await team.step(after, 'fetch-model', pushEvent(headOf(team, after)), {
      model: 'penguins@production',
      'out-path': 'served',
    });
    expect(fetched.exitCode, told(fetched)).toBe(0);
    expect(fetched.outputs).toMatchObject({ name: 'penguins', version: '1.0.0', approved: 'unknown' });
    const [file] = JSON.parse(fetched.outputs.files ?? '') as { sha256: string }[];
    const bytes = readFileSync(fetched.outputs.path ?? '');
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(file?.sha256);
  });
});

describe('a pull request', () => {
  /** A branch, and the merge commit that GitHub makes for the run. */
  function openPullRequest(name: string, change: (folder: string) => void) {
    const folder = team.checkout(`${name}-author`);
    change(folder);
    const head = team.push(folder, name, `Try ${name}`);
    const merge = team.git(folder, 'commit-tree', '-p', 'HEAD~1', '-p', 'HEAD', '-m', 'merge', 'HEAD^{tree}');
    team.git(folder, 'push', '--quiet', 'origin', `${merge}:refs/heads/pull-${name}`);
    const runner = team.checkout(`${name}-runner`, `pull-${name}`);
    team.git(runner, 'checkout', '--quiet', '--detach');
    return { runner, head, merge, folder };
  }
  const moreEpochs = (folder: string) =>
    rewrite(join(folder, 'models/penguins/model.yaml'), (text) => text.replace('epochs: 400', 'epochs: 450'));

  it('trains what its merge registers, and registers nothing itself', async () => {
    const { runner, head, merge, folder } = openPullRequest('more-epochs', moreEpochs);
    const event = pullRequestEvent(merge, head);
    const before = team.git(team.origin, 'tag', '--list');
    const steps = await runSteps(team, runner, { actions: all, event });
    expect(steps['train-model'].outputs).toMatchObject({ reused: 'false', recorded: 'true' });
    expect(steps['train-model'].document).toMatchObject({ run: { commit: head } });
    expect(steps['register-model'].outputs).toMatchObject({ created: 'false', version: '1.1.0' });
    expect(steps['register-model'].summary).toContain('Nothing is registered from a pull request');
    expect(team.git(team.origin, 'tag', '--list')).toBe(before);

    team.git(folder, 'push', '--quiet', 'origin', 'HEAD:refs/heads/main');
    const main = team.checkout('more-epochs-main');
    const merged = await runSteps(team, main, { actions: all });
    expect(merged['train-model'].outputs).toMatchObject({ reused: 'true', run: steps['train-model'].outputs.run });
    expect(merged['register-model'].outputs).toMatchObject({ created: 'true', version: '1.1.0' });
  });

  it('from a fork runs everything and writes nothing', async () => {
    const fewer = (folder: string) =>
      rewrite(join(folder, 'models/penguins/model.yaml'), (text) => text.replace('epochs: 450', 'epochs: 380'));
    const { runner, head, merge } = openPullRequest('fork', fewer);
    const event = pullRequestEvent(merge, head, { isFork: true });
    const before = refsOf(team);
    const steps = await runSteps(team, runner, { actions: all, event });
    expect(steps['train-model'].outputs).toMatchObject({ reused: 'false', recorded: 'false' });
    expect(steps['train-model'].summary).toContain('Not recorded: This runs code of a fork');
    expect(steps['register-model'].outputs).toMatchObject({ created: 'false' });
    const promoted = await team.step(runner, 'promote-model', event, { model: 'penguins', environment: 'staging' });
    expect(promoted.outputs).toMatchObject({ outcome: 'pass', applied: 'false' });
    expect(refsOf(team)).toBe(before);
  });
});

describe('promoting the newest version, and taking it back', () => {
  let folder = '';
  beforeAll(() => {
    folder = team.checkout('changes');
  });
  const change = (inputs: Record<string, string>) =>
    team.step(folder, 'promote-model', dispatchEvent(headOf(team, folder)), { model: 'penguins', ...inputs });

  it('returns staging to the version before', async () => {
    const promoted = await change({ environment: 'staging' });
    expect(promoted.outputs, told(promoted)).toMatchObject({ version: '1.1.0', applied: 'true', outcome: 'pass' });
    const again = await change({ environment: 'staging' });
    expect(again.outputs).toMatchObject({ version: '1.1.0', applied: 'false', outcome: 'pass', changes: '[]' });
    const back = await change({ operation: 'rollback', environment: 'staging' });
    expect(back.outputs, told(back)).toMatchObject({ version: '1.0.0', environment: 'staging', applied: 'true' });
  });

  it('archives by a branch that waits, and never what is in use', async () => {
    const before = refsOf(team);
    const used = await change({ operation: 'archive', version: '1.0.0' });
    expect(used.exitCode).toBe(1);
    expect(used.outputs).toMatchObject({ outcome: 'fail', applied: 'false', branch: '' });
    expect(refsOf(team)).toBe(before);
    const unused = await change({ operation: 'archive', version: '1.1.0' });
    expect(unused.exitCode, told(unused)).toBe(0);
    expect(unused.outputs).toMatchObject({ environment: 'archived', applied: 'true' });
    expect(refsOf(team)).toContain(`refs/heads/${unused.outputs.branch} `);
  });
});
