import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { all, errorsOf, headOf, refsOf, runSteps, told } from './steps.ts';
import { createTeam, rewrite, type Team } from './team.ts';
import { pushEvent } from './workflow-events.ts';

let team: Team;
beforeAll(async () => {
  team = createTeam();
  await runSteps(team, team.checkout('registered'), { actions: all });
});
afterAll(() => team.remove());

describe('bad input', () => {
  let folder = '';
  beforeAll(() => {
    folder = team.checkout('bad-input');
  });
  const step = (action: string, inputs: Record<string, string>, event = pushEvent(headOf(team, folder))) =>
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
    const before = refsOf(team);
    const run = await step(action, inputs as Record<string, string>);
    expect(run.exitCode, told(run)).toBe(2);
    expect(run.outputs.outcome).toBe('problem');
    const { problems } = run.document as { problems: { code: string; message: string; remedy: string }[] };
    expect(problems[0]?.code).toContain(code);
    expect(problems[0]?.remedy).not.toBe('');
    expect(told(run)).not.toMatch(/\bat .*\.js:\d+/);
    expect(existsSync(join(folder, 'hacked'))).toBe(false);
    expect(refsOf(team)).toBe(before);
  });

  it('of a branch that is not the default one says what to add', async () => {
    const run = await step('register-model', {}, pushEvent(headOf(team, folder), 'refs/heads/feature/x'));
    expect(run.exitCode).toBe(2);
    expect(run.document).toMatchObject({ problems: [{ code: 'not-the-default-branch' }] });
    expect(errorsOf(run)[0]?.message).toContain('github.ref_name == github.event.repository.default_branch');
  });

  it('is a job without a checkout', async () => {
    const empty = join(folder, '..', 'empty');
    mkdirSync(empty);
    const run = await team.step(empty, 'validate-data', pushEvent(headOf(team, folder)));
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
    const event = pushEvent(headOf(team, folder));
    await runSteps(team, folder, { actions: ['engineer-features'] });
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
    const event = pushEvent(headOf(team, folder));
    await runSteps(team, folder, { actions: ['engineer-features'] });
    const run = await team.step(folder, 'train-model', event);
    expect(run.exitCode).toBe(1);
    expect(run.outputs).toMatchObject({ outcome: 'fail', run: '', recorded: 'false' });
    expect(run.summary).toContain('no convergence');
  });

  it('that writes nothing is a problem, and nothing of before passes for its model', async () => {
    const folder = team.checkout('silent');
    writeFileSync(join(folder, 'models/penguins/model.onnx'), 'old bytes');
    writeFileSync(join(folder, 'models/penguins/train.mjs'), '');
    const event = pushEvent(headOf(team, folder));
    await runSteps(team, folder, { actions: ['engineer-features'] });
    const run = await team.step(folder, 'train-model', event);
    expect(run.exitCode).toBe(2);
    expect(run.document).toMatchObject({ problems: [{ code: 'model-not-written' }] });
  });
});
