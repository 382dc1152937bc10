import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { breakTable, createTeam, rewrite, type Step, shuffleLabels, type Team } from './team.ts';
import { dispatchEvent, pullRequestEvent, pushEvent } from './workflow-events.ts';

const chain = ['validate-data', 'engineer-features', 'train-model', 'evaluate-model'] as const;
let team: Team;

beforeAll(() => {
  team = createTeam();
});
afterAll(() => team.remove());

const headOf = (folder: string) => team.git(folder, 'rev-parse', 'HEAD');
const tags = () => team.git(team.origin, 'tag', '--list').split('\n').filter(Boolean);
const refs = () => team.git(team.origin, 'for-each-ref', '--format=%(refname) %(objectname)');
const ledger = () => team.git(team.origin, 'ls-tree', '-r', '--name-only', 'model-gitops/ledger').split('\n');
const told = (step: Step) => `${step.summary}\n${step.log}`;
const errorsOf = ({ annotations }: Step) => annotations.filter(({ command }) => command === 'error');
const fileOf = (path: string) => path.replace(/^.*\/(?=models\/|data\/)/, '');

/** Steps in order, all of them green. */
async function runChain(folder: string, event = pushEvent(headOf(folder)), actions: readonly string[] = chain) {
  const steps: Record<string, Step> = {};
  for (const action of actions) {
    const step = await team.step(folder, action, event);
    expect(step.exitCode, `${action}: ${told(step)}`).toBe(0);
    steps[action] = step;
  }
  return steps;
}

describe('a push to main', () => {
  let folder = '';
  beforeAll(() => {
    folder = team.checkout('runner');
  });
  const step = (action: string, inputs = {}) => team.step(folder, action, pushEvent(headOf(folder)), inputs);

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
    expect(ledger().filter((path) => path.includes('run-recorded'))).toHaveLength(1);
    const { run } = first.document as { run: { workflowRun: string; commit: string } };
    expect(run).toMatchObject({ workflowRun: 'acme/penguins/actions/runs/8123', commit: headOf(folder) });
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
    const before = refs();
    const second = await step('register-model');
    expect(second.outputs).toMatchObject({ version: '1.0.0', created: 'false', outcome: 'pass' });
    expect(refs()).toBe(before);
  });

  it('does the whole chain again without a change of any ref', async () => {
    const before = refs();
    const again = team.checkout('runner-again');
    const steps = await runChain(again, pushEvent(headOf(again)), [...chain, 'register-model']);
    expect(steps['train-model']?.outputs.reused).toBe('true');
    expect(steps['register-model']?.outputs.created).toBe('false');
    expect(refs()).toBe(before);
  });

  it('promotes: staging by policy, production by a branch that waits', async () => {
    const event = dispatchEvent(headOf(folder), { sender: 'ben' });
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
    const asked = ledger().filter((path) => path.includes('promotion-requested'));
    expect(team.git(team.origin, 'show', `model-gitops/ledger:${asked[0]}`)).toContain('"requestedBy":"ben"');
  });

  it('registers nothing for the merge of a promotion, and gives others the bytes', async () => {
    const { commands } = (
      await team.step(folder, 'promote-model', pushEvent(headOf(folder)), {
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
    const steps = await runChain(after, pushEvent(headOf(after)), [...chain, 'register-model']);
    expect(steps['register-model']?.outputs).toMatchObject({ version: '1.0.0', created: 'false' });
    const fetched = await team.step(after, 'fetch-model', pushEvent(headOf(after)), {
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
    const before = tags();
    const steps = await runChain(runner, event, [...chain, 'register-model']);
    expect(steps['train-model']?.outputs).toMatchObject({ reused: 'false', recorded: 'true' });
    expect(steps['train-model']?.document).toMatchObject({ run: { commit: head } });
    expect(steps['register-model']?.outputs).toMatchObject({ created: 'false', version: '1.1.0' });
    expect(steps['register-model']?.summary).toContain('Nothing is registered from a pull request');
    expect(tags()).toEqual(before);

    team.git(folder, 'push', '--quiet', 'origin', 'HEAD:refs/heads/main');
    const main = team.checkout('more-epochs-main');
    const merged = await runChain(main, pushEvent(headOf(main)), [...chain, 'register-model']);
    expect(merged['train-model']?.outputs).toMatchObject({ reused: 'true', run: steps['train-model']?.outputs.run });
    expect(merged['register-model']?.outputs).toMatchObject({ created: 'true', version: '1.1.0' });
  });

  it('from a fork runs everything and writes nothing', async () => {
    const fewer = (folder: string) =>
      rewrite(join(folder, 'models/penguins/model.yaml'), (text) => text.replace('epochs: 450', 'epochs: 380'));
    const { runner, head, merge } = openPullRequest('fork', fewer);
    const event = pullRequestEvent(merge, head, { isFork: true });
    const before = refs();
    const steps = await runChain(runner, event, [...chain, 'register-model']);
    expect(steps['train-model']?.outputs).toMatchObject({ reused: 'false', recorded: 'false' });
    expect(steps['train-model']?.summary).toContain('Not recorded: This runs code of a fork');
    expect(steps['register-model']?.outputs).toMatchObject({ created: 'false' });
    const promoted = await team.step(runner, 'promote-model', event, { model: 'penguins', environment: 'staging' });
    expect(promoted.outputs).toMatchObject({ outcome: 'pass', applied: 'false' });
    expect(refs()).toBe(before);
  });
});

describe('a model that is not good enough', () => {
  let folder = '';
  beforeAll(async () => {
    folder = team.checkout('worse');
    shuffleLabels(folder);
    team.git(folder, 'commit', '--quiet', '--all', '--message', 'Take the labels from another list');
    await runChain(folder, pushEvent(headOf(folder)), chain.slice(0, 3));
  });
  const step = (action: string, inputs = {}) => team.step(folder, action, pushEvent(headOf(folder)), inputs);

  it('is refused by its gates, at their lines in model.yaml', async () => {
    const run = await step('evaluate-model');
    expect(run.exitCode).toBe(1);
    expect(run.outputs.outcome).toBe('fail');
    expect(Number(run.outputs['gates-failed'])).toBeGreaterThanOrEqual(2);
    expect(run.summary).toMatch(/^### ❌ \*\*penguins\*\*/);
    const [first] = errorsOf(run);
    expect(first?.properties.file).toBe('models/penguins/model.yaml');
    const lines = readFileSync(join(folder, 'models/penguins/model.yaml'), 'utf8').split('\n');
    expect(lines[Number(first?.properties.line) - 1]).toContain('metrics.accuracy > 0.9');
  });

  it('is not registered, also where nobody is to be failed', async () => {
    const before = refs();
    const strict = await step('register-model');
    expect(strict.exitCode).toBe(1);
    expect(errorsOf(strict)[0]?.message).toContain('metrics.accuracy > 0.9');
    const lenient = await step('register-model', { 'fail-on': 'never' });
    expect(lenient.exitCode).toBe(0);
    expect(lenient.outputs).toMatchObject({ outcome: 'fail', created: 'false', version: '' });
    expect(lenient.annotations.some(({ command }) => command === 'warning')).toBe(true);
    expect(refs()).toBe(before);
  });
});

describe('a broken table', () => {
  it('fails its suite, at the line of the expectation; "never" makes it green with a warning', async () => {
    const folder = team.checkout('broken');
    breakTable(folder);
    const strict = await team.step(folder, 'validate-data', pushEvent(headOf(folder)));
    expect(strict.exitCode).toBe(1);
    expect(Number(strict.outputs['unsuccessful-expectations'])).toBeGreaterThanOrEqual(2);
    const lines = readFileSync(join(folder, 'models/penguins/expectations.json'), 'utf8').split('\n');
    const marked = errorsOf(strict).map(({ properties }) => [
      fileOf(properties.file ?? ''),
      lines.slice(Number(properties.line) - 1, Number(properties.line) + 6).join('\n'),
    ]);
    expect(marked.every(([file]) => file === 'models/penguins/expectations.json')).toBe(true);
    expect(marked.some(([, text]) => text?.includes('body_mass_g'))).toBe(true);
    const lenient = await team.step(folder, 'validate-data', pushEvent(headOf(folder)), { 'fail-on': 'never' });
    expect(lenient.exitCode).toBe(0);
    expect(lenient.outputs.outcome).toBe('fail');
    expect(lenient.annotations.some(({ command }) => command === 'warning')).toBe(true);
  });
});

describe('several models in one job', () => {
  it('do not stop one another: a missing table is told, the other model is judged', async () => {
    const folder = team.checkout('several');
    cpSync(join(folder, 'models/penguins'), join(folder, 'models/auks'), { recursive: true });
    rewrite(join(folder, 'models/auks/model.yaml'), (text) =>
      text.replace('name: penguins', 'name: auks').replace('/data/test.csv', '/data/lost.csv'),
    );
    const run = await team.step(folder, 'validate-data', pushEvent(headOf(folder)));
    expect(run.exitCode).toBe(2);
    expect(run.outputs.outcome).toBe('problem');
    expect(run.document).toMatchObject({
      models: [
        { model: 'auks', outcome: 'problem', problems: [{ code: 'data-missing' }] },
        { model: 'penguins', outcome: 'pass' },
      ],
    });
    expect(run.summary).toContain('**auks**');
    expect(run.summary).toContain('✅ **penguins**');
    expect(existsSync(join(folder, '.model-gitops/penguins/data.json'))).toBe(true);
    const one = await team.step(folder, 'validate-data', pushEvent(headOf(folder)), { model: 'penguins' });
    expect(one.exitCode, told(one)).toBe(0);
  });
});

describe('bad input', () => {
  let folder = '';
  beforeAll(() => {
    folder = team.checkout('bad-input');
  });
  const step = (action: string, inputs: Record<string, string>, event = pushEvent(headOf(folder))) =>
    team.step(folder, action, event, inputs);

  it.each([
    ['validate-data', { model: '../../etc' }, 'model-unknown'],
    ['train-model', { model: '`touch>hacked`' }, 'model-unknown'],
    ['evaluate-model', { model: '__proto__' }, 'model-unknown'],
    ['promote-model', { model: '--upload-pack=hacked', environment: 'staging' }, 'model-name'],
    ['promote-model', { model: 'penguins', environment: '../production' }, 'environment-name'],
    ['promote-model', { model: 'penguins', environment: 'mars' }, 'environment-unknown'],
    ['promote-model', { model: 'penguins', version: '1.0.0; rm -rf', environment: 'staging' }, 'version'],
    ['promote-model', { model: 'walrus', environment: 'staging' }, 'model-unknown'],
    ['promote-model', { model: 'penguins' }, 'input-invalid'],
    ['fetch-model', { model: 'penguins@../x' }, 'version-unknown'],
    ['fetch-model', { model: '-x@production' }, 'model-name'],
    ['fetch-model', { model: 'penguins', at: 'yesterday' }, 'time-unreadable'],
    ['register-model', { store: 's3://bucket' }, 'store-unknown'],
    ['register-model', {}, 'not-trained'],
    ['validate-data', { 'result-format': 'LONG' }, 'input-invalid'],
  ])('of %s is a problem with a remedy, and nothing changes: %j', async (action, inputs, code) => {
    const before = refs();
    const run = await step(action, inputs as Record<string, string>);
    expect(run.exitCode, told(run)).toBe(2);
    expect(run.outputs.outcome).toBe('problem');
    const { problems } = run.document as { problems: { code: string; message: string; remedy: string }[] };
    expect(problems[0]?.code).toContain(code);
    expect(problems[0]?.remedy).not.toBe('');
    expect(told(run)).not.toMatch(/\bat .*\.js:\d+/);
    expect(existsSync(join(folder, 'hacked'))).toBe(false);
    expect(refs()).toBe(before);
  });

  it('of a branch that is not the default one says what to add', async () => {
    const run = await step('register-model', {}, pushEvent(headOf(folder), 'refs/heads/feature/x'));
    expect(run.exitCode).toBe(2);
    expect(run.document).toMatchObject({ problems: [{ code: 'not-the-default-branch' }] });
    expect(errorsOf(run)[0]?.message).toContain('github.ref_name == github.event.repository.default_branch');
  });

  it('is a job without a checkout', async () => {
    const empty = join(folder, '..', 'empty');
    mkdirSync(empty);
    const run = await team.step(empty, 'validate-data', pushEvent(headOf(folder)));
    expect(run.exitCode).toBe(2);
    expect(run.document).toMatchObject({ problems: [{ code: 'not-checked-out' }] });
    expect(run.summary).toContain('actions/checkout');
  });
});

describe('a training script', () => {
  const script = `
    import { appendFileSync, writeFileSync } from 'node:fs';
    console.log('::set-output name=outcome::fail');
    console.log('::error file=train.mjs,line=1::not from the action');
    console.log('::add-mask::penguins');
    console.log('::stop-commands::x');
    console.error('::set-env name=PATH::/tmp');
    for (const [name, value] of Object.entries(process.env)) console.log(\`\${name}=\${value}\`);
    for (const name of ['GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_STEP_SUMMARY'])
      if (process.env[name]) appendFileSync(process.env[name], 'outcome=fail');
  `;

  it('cannot speak to the runner in our name, and sees no token', async () => {
    const folder = team.checkout('noisy');
    rewrite(join(folder, 'models/penguins/train.mjs'), (text) => `${text}\n${script.replace(/^ *import .*$/m, '')}`);
    rewrite(join(folder, 'models/penguins/train.mjs'), (text) =>
      text.replace('import { readFileSync, writeFileSync }', 'import { appendFileSync, readFileSync, writeFileSync }'),
    );
    team.git(folder, 'commit', '--quiet', '--all', '--message', 'Print a lot');
    const event = pushEvent(headOf(folder));
    await runChain(folder, event, ['engineer-features']);
    const run = await team.step(folder, 'train-model', event, { 'github-token': 'ghs_0123456789' });
    expect(run.exitCode, told(run)).toBe(0);
    expect(run.outputs.outcome).toBe('pass');
    expect(run.log).toContain('::set-output name=outcome::fail');
    expect(run.commands.map(({ command }) => command)).toEqual(['add-mask']);
    expect(run.commands[0]?.message).toBe('ghs_0123456789');
    expect(run.environmentFiles).toBe('');
    expect(run.log).not.toMatch(/^(INPUT_|ACTIONS_|GITHUB_(OUTPUT|ENV|PATH|STATE|STEP_SUMMARY|TOKEN)).*=/m);
    expect(`${told(run)}${JSON.stringify(run.document)}`).not.toContain('ghs_0123456789');
  });

  it('that fails is a failure with its last lines', async () => {
    const folder = team.checkout('failing');
    writeFileSync(join(folder, 'models/penguins/train.mjs'), "console.error('no convergence');\nprocess.exit(3);\n");
    const event = pushEvent(headOf(folder));
    await runChain(folder, event, ['engineer-features']);
    const run = await team.step(folder, 'train-model', event);
    expect(run.exitCode).toBe(1);
    expect(run.outputs).toMatchObject({ outcome: 'fail', run: '', recorded: 'false' });
    expect(run.summary).toContain('no convergence');
  });

  it('that writes nothing is a problem, and nothing of before passes for its model', async () => {
    const folder = team.checkout('silent');
    writeFileSync(join(folder, 'models/penguins/model.onnx'), 'old bytes');
    writeFileSync(join(folder, 'models/penguins/train.mjs'), '');
    const event = pushEvent(headOf(folder));
    await runChain(folder, event, ['engineer-features']);
    const run = await team.step(folder, 'train-model', event);
    expect(run.exitCode).toBe(2);
    expect(run.document).toMatchObject({ problems: [{ code: 'model-not-written' }] });
  });
});

describe('a run that cannot be recorded', () => {
  it('says that the working tree differs from its commit', async () => {
    const folder = team.checkout('dirty');
    rewrite(join(folder, 'models/penguins/train.mjs'), (text) => `${text}\n// not committed\n`);
    const event = pushEvent(headOf(folder));
    await runChain(folder, event, ['engineer-features']);
    const before = refs();
    const run = await team.step(folder, 'train-model', event);
    expect(run.exitCode, told(run)).toBe(0);
    expect(run.outputs.recorded).toBe('false');
    expect(run.summary).toContain('train.mjs');
    expect(refs()).toBe(before);
  });

  it('says that the remote refuses, and names what a job needs; promoting is a problem then', async () => {
    const own = createTeam();
    try {
      const hook = join(own.origin, 'hooks/pre-receive');
      writeFileSync(hook, '#!/bin/sh\necho "remote rule" >&2\nexit 1\n', { mode: 0o755 });
      const folder = own.checkout('refused');
      const event = pushEvent(own.git(folder, 'rev-parse', 'HEAD'));
      for (const action of chain.slice(1)) {
        const run = await own.step(folder, action, event);
        expect(run.exitCode, told(run)).toBe(0);
        if (action === 'train-model') expect(run.outputs.recorded).toBe('false');
      }
      const run = await own.step(folder, 'register-model', event);
      expect(run.exitCode).toBe(2);
      expect(run.document).toMatchObject({ problems: [{ code: 'write-refused' }] });
      expect(own.git(own.origin, 'tag', '--list')).toBe('');
    } finally {
      own.remove();
    }
  });
});
