import { describe, expect, it } from 'vitest';
import type { ProblemError } from '../problem.ts';
import { memoryFiles } from '../testing/memory-files.ts';
import { describeConfiguration } from '../texts/describe-configuration.ts';
import { describeProblems } from '../texts/report.ts';
import { renderTerminal } from '../texts/terminal.ts';
import { checkConfiguration } from './check-configuration.ts';

const file = 'models/fraud/model.yaml';
const files = {
  '.github/model-gitops.yml': 'store: dir:store\ndefaults: { features: { target: label } }\n',
  [file]: `name: fraud
data: { train: "/data/*.csv", test: /data/test, expect: suite.json }
train: { run: python train.py, outputs: { model: model.onnx } }
gates: [metrics.accuracy > 0.9, { if: metrics.f1 > 0.9, level: warn }]
`,
  'data/a.csv': '',
  'data/test/part.csv': '',
};

function check(explain: boolean, asked: readonly string[] = []) {
  return checkConfiguration({ files: asked, explain }, memoryFiles(files));
}

describe('checkConfiguration', () => {
  it('lists the models', async () => {
    expect(await check(false)).toEqual({
      schema: 'model-gitops/config-check/1',
      outcome: 'pass',
      models: [{ name: 'fraud', file }],
    });
  });

  it.each([file, `./${file}`])('checks the file that was asked for: %s', async (asked) => {
    expect((await check(false, [asked])).models).toEqual([{ name: 'fraud', file }]);
  });

  it('checks the file of the repository alone', async () => {
    expect((await check(false, ['.github/model-gitops.yml'])).models).toEqual([]);
  });

  it('says that a file is not there, and that there is nothing to check', async () => {
    await expect(check(false, ['models/x/model.yaml'])).rejects.toMatchObject({ problems: [{ code: 'file-missing' }] });
    await expect(checkConfiguration({ files: [], explain: false }, memoryFiles({}))).rejects.toMatchObject({
      problems: [{ code: 'no-models' }],
    });
  });

  it('explains each value: what it is, where it comes from, whether the file is there', async () => {
    const { models, repository } = await check(true);
    const values = Object.fromEntries((models[0]?.values ?? []).map(({ key, ...rest }) => [key, rest]));
    const here = (line: number) => ({ kind: 'file', file, line });
    expect(values).toMatchObject({
      name: { value: 'fraud', from: here(1) },
      'data.train': { value: 'data/*.csv', from: here(2), exists: true },
      'data.test': { value: 'data/test', from: here(2), exists: true },
      'data.expect': { value: 'models/fraud/suite.json', from: here(2), exists: false },
      'features.target': {
        value: 'label',
        from: { kind: 'repository-defaults', file: '.github/model-gitops.yml', line: 2 },
      },
      'features.format': { value: 'parquet', from: { kind: 'default' } },
      'train.code': { value: 'every source file', from: { kind: 'default' } },
      'train.outputs.model': { value: 'models/fraud/model.onnx', from: here(3), exists: false },
      'gates[0]': { value: 'metrics.accuracy > 0.9', from: here(4) },
      'gates[1]': { value: { if: 'metrics.f1 > 0.9', level: 'warn' }, from: here(4) },
      'environments.production': { value: { approval: 'pull-request' }, from: { kind: 'default' } },
    });
    expect(values.owner).toBeUndefined();
    expect(repository?.values).toEqual([
      { key: 'models', value: ['models/*/model.yaml'], from: { kind: 'default' } },
      { key: 'registry', value: 'registry', from: { kind: 'default' } },
      { key: 'store', value: 'dir:store', from: { kind: 'file', file: '.github/model-gitops.yml', line: 1 } },
    ]);
  });

  it('tells it to people', async () => {
    const text = renderTerminal([describeConfiguration(await check(true))], { colour: false });
    expect(text).toContain('The configuration of 1 model can be used');
    expect(text).toMatch(/data\.expect +models\/fraud\/suite\.json +is not there +models\/fraud\/model\.yaml:2/);
    expect(text).toMatch(/features\.format +parquet +default/);
  });

  it('tells problems to people by file, line and column', async () => {
    const broken = memoryFiles({ ...files, [file]: `${files[file]}ownr: x\n` });
    const thrown: unknown = await checkConfiguration({ files: [], explain: false }, broken).catch((error) => error);
    const text = renderTerminal([describeProblems((thrown as ProblemError).problems)], { colour: false });
    expect(text).toContain(`${file}:5:1 ownr: There is no such key; did you mean "owner"?`);
  });
});
