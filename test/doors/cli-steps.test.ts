import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { type CliResult, problemCodes, runCli } from './cli-process.ts';
import { type CliWorld, createWorld, scratchFolders } from './cli-world.ts';

const penguins = fileURLToPath(new URL('../../examples/penguins', import.meta.url));
const scratch = scratchFolders();
let world: CliWorld;

const read = (path: string) => readFileSync(join(world.folder, path), 'utf8');
const json = async (...args: readonly string[]) => world.run(...args, '--json');
const file = 'models/penguins/model.yaml';

/** model.yaml with something else in it, for as long as a test takes; committed, so that nothing is dirty. */
async function withModel(edit: (text: string) => string, test: () => Promise<void>): Promise<void> {
  const before = read(file);
  world.write(file, edit(before));
  world.commit('Try something');
  try {
    await test();
  } finally {
    world.write(file, before);
    world.commit('Go back');
  }
}

beforeAll(() => {
  world = createWorld(scratch('penguins'), penguins);
});

/** What a person does who follows the README of the example: the tests read from top to bottom. */
describe('the penguins, step by step', () => {
  it('explains its configuration', async () => {
    const checked = await json('config', 'check', '--explain');
    expect(checked.code).toBe(0);
    expect(checked.json()).toMatchObject({ outcome: 'pass', models: [{ name: 'penguins', file }] });
    expect(checked.stdout).toContain('"key": "data.train"');
    const named = await runCli(['config', 'check', 'model.yaml', '--json'], {
      cwd: join(world.folder, 'models/penguins'),
    });
    expect(named.json()).toMatchObject({ models: [{ name: 'penguins', file }] });
  });

  it('says which step comes first', async () => {
    for (const verb of ['evaluate', 'register']) {
      const result = await json(verb, 'penguins');
      expect([result.code, result.json()]).toEqual([2, expect.objectContaining({ schema: 'model-gitops/problem/1' })]);
    }
  });

  it('validates', async () => {
    const result = await json('validate');
    expect(result.code).toBe(0);
    expect(result.json()).toMatchObject({
      schema: 'model-gitops/validate-data/1',
      outcome: 'pass',
      model: 'penguins',
      datasets: [
        { name: 'train', path: 'data/train.csv' },
        { name: 'test', validation: { success: true } },
      ],
    });
  });

  it('makes features once', async () => {
    const first = await json('features', 'penguins');
    expect(first.json()).toMatchObject({ schema: 'model-gitops/features/1', outcome: 'pass', cached: false });
    expect(first.json()).toMatchObject({
      outputs: [
        { name: 'train', rows: 231 },
        { name: 'test', rows: 102 },
      ],
    });
    expect((await json('features')).json()).toMatchObject({ cached: true });
    expect((await json('features', '--reuse', 'never')).json()).toMatchObject({ cached: false });
  });

  it('trains once; what the training says is progress and no result', async () => {
    const first = await json('train', 'penguins');
    expect(first.code).toBe(0);
    expect(first.json()).toMatchObject({
      schema: 'model-gitops/train/1',
      outcome: 'pass',
      reused: false,
      commandExitCode: 0,
      run: { id: expect.stringMatching(/^run-[0-9a-f]{12}$/), parameters: { epochs: 400 }, seed: 7 },
    });
    expect(first.stderr).toContain('training accuracy');
    expect((await json('train', 'penguins')).json()).toMatchObject({ reused: true });
  });

  it('evaluates, with a gate that has no champion yet', async () => {
    const result = await json('evaluate', 'penguins');
    expect(result.code).toBe(0);
    const { gates } = result.json() as { gates: { state: string }[] };
    expect(gates.map(({ state }) => state)).toEqual(['passed', 'passed', 'passed', 'not-applicable']);
    expect(result.json()).toMatchObject({ modelName: 'penguins', task: 'multiclass', rows: 102 });
    const { stdout } = await world.run('evaluate', 'penguins');
    expect(stdout).toContain('✓ penguins: 3 of 3 gates passed');
    expect(stdout).toContain('models/penguins/model.yaml:29');
  });

  it('registers what the steps made, once', async () => {
    const made = await json('register', 'penguins');
    expect(made.code).toBe(0);
    expect(made.json()).toMatchObject({ version: '1.0.0', created: true, gates: [{}, {}, {}, {}] });
    expect((await json('register', 'penguins')).json()).toMatchObject({ version: '1.0.0', created: false });
    expect((await json('show', 'penguins')).json()).toMatchObject({
      record: {
        owner: '@acme/penguin-watch',
        training: { command: 'node train.mjs', dirty: false, parameters: { epochs: 400 } },
        evaluation: { source: 'computed' },
      },
    });
  });

  it('checks everything at once, one document a step', async () => {
    const result = await json('check');
    expect(result.code).toBe(0);
    const { schema, outcome, steps } = result.json() as {
      schema: string;
      outcome: string;
      steps: { schema: string }[];
    };
    expect([schema, outcome]).toEqual(['model-gitops/check/1', 'pass']);
    expect(steps.map((step) => step.schema.split('/')[1])).toEqual(['validate-data', 'features', 'train', 'evaluate']);
    expect((await world.run('check', '--format', 'markdown')).stdout).toContain('### ✅ **penguins**');
    expect((await world.run('check', '--format', 'junit')).stdout).toMatch(/<testsuites tests="\d+" failures="0"/);
  });

  it('goes to production by a merge, and is pulled from there as the very bytes', async () => {
    const early = await json('promote', 'penguins', '1.0.0', 'production');
    expect([early.code, early.json().outcome]).toEqual([1, 'fail']);
    expect((await json('promote', 'penguins', '1.0.0', 'staging')).json()).toMatchObject({ applied: true });
    expect((await json('promote', 'penguins', '1.0.0', 'production')).json()).toMatchObject({ applied: true });
    world.git('fetch', '--quiet', 'origin');
    world.git('merge', '--quiet', '--no-ff', '--no-edit', 'origin/model-gitops/promote/penguins/production');
    world.git('push', '--quiet', 'origin', 'main');
    expect((await json('pull', 'penguins@production', '--out', 'pulled')).code).toBe(0);
    const bytes = (path: string) => new Uint8Array(readFileSync(join(world.folder, path)));
    expect(bytes('pulled/model.onnx')).toEqual(bytes('models/penguins/model.onnx'));
    expect((await json('verify')).code).toBe(0);
    expect((await world.run('evaluate')).stdout).toContain('4 of 4 gates passed');
  });
});

describe('what may go wrong on the way', () => {
  const noTags = async (test: () => Promise<void>) => {
    const before = world.git('ls-remote', 'origin', 'refs/tags/*');
    await test();
    expect(world.git('ls-remote', 'origin', 'refs/tags/*')).toBe(before);
  };

  it('a gate that fails stops the version', async () => {
    await withModel(
      (text) => text.replace('metrics.accuracy > 0.9\n', 'metrics.accuracy > 1.5\n'),
      () =>
        noTags(async () => {
          const evaluated = await json('evaluate');
          expect([evaluated.code, evaluated.json().outcome]).toEqual([1, 'fail']);
          expect((await json('evaluate', '--fail-on', 'never')).code).toBe(0);
          const refused = await json('register');
          expect([refused.code, refused.json()]).toEqual([
            1,
            expect.objectContaining({ created: false, version: null }),
          ]);
          expect((await json('check')).code).toBe(1);
        }),
    );
  });

  it('a run of other parameters is stale', async () => {
    await withModel(
      (text) => text.replace('epochs: 400', 'epochs: 300'),
      () =>
        noTags(async () => {
          const result = await json('register');
          expect([result.code, problemCodes(result)]).toEqual([2, ['run-stale']]);
        }),
    );
  });

  it('a training command that fails is a fail, with its last lines', async () => {
    await withModel(
      (text) => text.replace('run: node train.mjs', `run: node -e "console.log('out of data'); process.exit(3)"`),
      async () => {
        const result = await json('train');
        expect(result.code).toBe(1);
        expect(result.json()).toMatchObject({
          outcome: 'fail',
          commandExitCode: 3,
          run: null,
          lastLines: ['out of data'],
        });
      },
    );
  });

  it('a training command that writes nothing is a problem', async () => {
    await withModel(
      (text) =>
        text.replace('run: node train.mjs', 'run: node --version').replace('model: model.onnx', 'model: other.onnx'),
      async () => {
        const result = await json('train');
        expect([result.code, problemCodes(result)]).toEqual([2, ['model-not-written']]);
      },
    );
  });

  it.each([
    ['malformed YAML', (text: string) => `${text}\n  - [`],
    ['an unknown key', (text: string) => text.replace('seed: 7', 'sede: 7')],
    ['a gate that is no condition', (text: string) => text.replace('metrics.accuracy > 0.9\n', 'metrics.accuracy >\n')],
  ])('%s is a problem at its line, for every verb', async (_, edit) => {
    await withModel(edit, async () => {
      for (const verb of [['config', 'check'], ['train'], ['check']]) {
        const result = await json(...verb);
        expect([verb, result.code]).toEqual([verb, 2]);
        const { problems } = result.json() as { problems: object[] };
        expect(problems[0]).toMatchObject({ file, line: expect.any(Number) });
      }
    });
  });

  it('a fault in model-gitops.yml and one in model.yaml are told together', async () => {
    mkdirSync(join(world.folder, '.github'), { recursive: true });
    world.write('.github/model-gitops.yml', 'modles: []\n');
    await withModel(
      (text) => text.replace('seed: 7', 'sede: 7'),
      async () => {
        const { problems } = (await json('config', 'check')).json() as { problems: { file: string }[] };
        expect(problems.map((problem) => problem.file)).toEqual(['.github/model-gitops.yml', file]);
      },
    );
    world.git('rm', '--quiet', '-f', '.github/model-gitops.yml');
    world.commit('Go back');
  });

  it('a name that is nearly one is guessed', async () => {
    const result = await json('train', 'pengins');
    expect([result.code, problemCodes(result)]).toEqual([2, ['model-unknown']]);
    expect(result.stdout).toContain('did you mean \\"penguins\\"');
  });

  it('a model with a fault does not stop the others', async () => {
    mkdirSync(join(world.folder, 'models/other'), { recursive: true });
    world.write('models/other/model.yaml', 'name: other\ndata: { test: gone.csv }\nmodel: gone.onnx\n');
    const result = await json('validate');
    expect(result.code).toBe(2);
    expect(result.json()).toMatchObject({
      schema: 'model-gitops/validate-data/1',
      outcome: 'problem',
      models: [
        { model: 'other', problems: [{ code: 'data-missing' }] },
        { model: 'penguins', outcome: 'pass' },
      ],
    });
    world.git('clean', '--quiet', '--force', '-d', 'models/other');
  });
});

describe('run', () => {
  const run = (...args: readonly string[]) => runCli(['run', ...args], { cwd: world.folder });
  const result = (answer: CliResult) => answer.json() as { run: Record<string, unknown> };

  it('records a command with its words kept apart', async () => {
    const said = `console.log(process.argv[1]); require('fs').writeFileSync('metrics.json', '{"loss": 0.1}')`;
    const parameters = ['--parameter', 'lr=0.1', '--data', 'train=data/train.csv'];
    const answer = await run(
      '--json',
      '--out',
      'run.json',
      ...parameters,
      '--',
      'node',
      '-e',
      said,
      `it's "one" $word`,
    );
    expect(answer.code).toBe(0);
    expect(answer.stderr).toContain(`it's "one" $word`);
    expect(answer.json()).toMatchObject({
      schema: 'model-gitops/run/1',
      outcome: 'pass',
      reused: false,
      commandExitCode: 0,
      run: { metrics: { loss: 0.1 }, parameters: { lr: 0.1 }, data: [{ name: 'train' }] },
    });
    expect(JSON.parse(read('run.json'))).toEqual(answer.json());
    expect(result(answer).run.key).toMatch(/^[0-9a-f]{64}$/);
  });

  it('takes one word as the line of a shell, and fails where the command does', async () => {
    const answer = await run('--json', '--', 'echo so far && exit 4');
    expect(answer.code).toBe(1);
    expect(answer.json()).toMatchObject({ outcome: 'fail', commandExitCode: 4, lastLines: ['so far'] });
  });

  it('gives the command what the caller has, without tokens', async () => {
    const env = { GITHUB_TOKEN: 'secret-1', INPUT_NAME: 'secret-2', GREETING: 'hello' };
    const answer = await runCli(['run', '--', 'env'], { cwd: world.folder, env });
    expect(answer.stderr).toContain('GREETING=hello');
    expect(answer.stderr).not.toContain('secret');
  });
});

describe('engines', () => {
  it('lists what is beside it', async () => {
    const listed = await json('engines', 'list');
    expect(listed.json()).toMatchObject({ schema: 'model-gitops/engines-list/1', outcome: 'pass' });
    expect(listed.stdout).toContain('@duckdb/node-api');
    const unknown = await json('engines', 'install', 'spark');
    expect([unknown.code, problemCodes(unknown)]).toEqual([2, ['engine-unknown']]);
  });
});

describe('config schema', () => {
  it('is the schema alone for people, and a document for machines', async () => {
    const text = await world.run('config', 'schema');
    expect(JSON.parse(text.stdout)).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema' });
    expect((await json('config', 'schema')).json()).toMatchObject({
      schema: 'model-gitops/config-schema/1',
      outcome: 'pass',
      properties: { name: {} },
    });
    expect((await json('config', 'schema', 'repository')).json()).toMatchObject({ properties: { store: {} } });
  });
});
