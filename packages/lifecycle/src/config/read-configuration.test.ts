import { describe, expect, it } from 'vitest';
import type { Problem } from '../problem.ts';
import { ProblemError } from '../problem.ts';
import { memoryFiles } from '../testing/memory-files.ts';
import { readConfiguration } from './read-configuration.ts';

const repositoryFile = '.github/model-gitops.yml';
const modelOf = (name: string) => `name: ${name}\ndata: { test: test.csv }\nmodel: model.onnx\n`;

function read(files: Readonly<Record<string, string>>, allowNone = false) {
  return readConfiguration({ allowNone }, memoryFiles(files));
}

async function problemsOf(files: Readonly<Record<string, string>>): Promise<readonly Problem[]> {
  const thrown: unknown = await read(files).catch((error: unknown) => error);
  if (thrown instanceof ProblemError) return thrown.problems;
  throw thrown;
}

async function placesOf(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  return (await problemsOf(files)).map(({ file, line, code }) => `${file}:${line} ${code}`);
}

describe('readConfiguration', () => {
  it('finds the models of the default place, by name', async () => {
    const { models, repository } = await read({
      'models/a/model.yaml': modelOf('zebra'),
      'models/b/model.yaml': modelOf('ant'),
      'models/c/other.yaml': 'nonsense: [',
      'models/c/d/model.yaml': 'nonsense: [',
    });
    expect(models.map(({ name, file }) => [name, file])).toEqual([
      ['ant', 'models/b/model.yaml'],
      ['zebra', 'models/a/model.yaml'],
    ]);
    expect(repository).toEqual({ models: ['models/*/model.yaml'], registry: 'registry' });
  });

  it('finds them where the repository says', async () => {
    const { models } = await read({
      [repositoryFile]: 'models: ["ml/**/model.yaml"]',
      'ml/x/y/model.yaml': modelOf('a'),
    });
    expect(models.map(({ folder }) => folder)).toEqual(['ml/x/y']);
  });

  it('says that there is none, unless that may be', async () => {
    expect(await placesOf({})).toEqual(['undefined:undefined no-models']);
    expect(await read({}, true)).toMatchObject({ models: [] });
  });

  it('puts what the repository says under every model: mappings by key, lists as a whole, paths as they were meant', async () => {
    const { models } = await read({
      [repositoryFile]: `
defaults:
  owner: "@acme/ml"
  tags: [shared, old]
  data: { test: /data/test.csv, expect: ../suites/all.json }
  train: { run: python train.py, locks: [../requirements.txt], parameters: { depth: 3, rate: 0.1 }, outputs: { model: /out.onnx } }
  gates: [metrics.accuracy > 0.5]
`,
      'models/a/model.yaml': `
name: a
tags: [own]
data: { test: test.csv }
train: { parameters: { depth: 5 }, outputs: { model: m.onnx } }
`,
    });
    expect(models[0]).toMatchObject({
      owner: '@acme/ml',
      tags: ['own'],
      data: { test: { pattern: 'models/a/test.csv' }, expect: 'suites/all.json' },
      train: {
        run: 'python train.py',
        locks: ['requirements.txt'],
        parameters: { depth: 5, rate: 0.1 },
        outputs: { model: 'models/a/m.onnx' },
      },
      gates: [{ expression: 'metrics.accuracy > 0.5', position: { file: repositoryFile, line: 7, column: 11 } }],
    });
    expect(models[0]?.positions['train.run']?.file).toBe(repositoryFile);
    expect(models[0]?.positions['train.parameters.depth']?.file).toBe('models/a/model.yaml');
  });

  it('lets a model replace the way that the repository says', async () => {
    const { models } = await read({
      [repositoryFile]:
        'defaults: { train: { run: x, outputs: { model: m.onnx } }, features: { sql: a.sql, target: y } }',
      'models/a/model.yaml': `${modelOf('a')}features: { run: make features }\n`,
    });
    expect(models[0]?.train).toBeUndefined();
    expect(models[0]).toMatchObject({ model: 'models/a/model.onnx', features: { run: 'make features', target: 'y' } });
    expect(models[0]?.features.sql).toBeUndefined();
  });

  it('shows all problems of all files together', async () => {
    const places = await placesOf({
      [repositoryFile]: 'stor: dir:x\n',
      'models/a/model.yaml': `${modelOf('a')}ownr: x\n`,
      'models/b/model.yaml': 'name: [\n',
      'models/c/model.yaml': '',
    });
    expect(places).toEqual([
      `${repositoryFile}:1 config-key-unknown`,
      'models/a/model.yaml:4 config-key-unknown',
      'models/b/model.yaml:2 config-syntax',
      'models/c/model.yaml:1 config-empty',
    ]);
  });

  it('tells a fault of the defaults once', async () => {
    const places = await placesOf({
      [repositoryFile]: 'defaults:\n  tags: one\n  gates: [metrics.a >]\n',
      'models/a/model.yaml': modelOf('a'),
      'models/b/model.yaml': modelOf('b'),
    });
    expect(places).toEqual([`${repositoryFile}:2 config-type`, `${repositoryFile}:3 gate-syntax`]);
  });

  it('judges nothing by a repository file that cannot be read', async () => {
    const places = await placesOf({ [repositoryFile]: 'defaults: [', 'models/a/model.yaml': 'name: a\n' });
    expect(places).toEqual([`${repositoryFile}:1 config-syntax`]);
  });

  it('names both files of one name, also where something else is wrong', async () => {
    const problems = await problemsOf({
      'models/a/model.yaml': modelOf('fraud'),
      'models/b/model.yaml': `${modelOf('fraud')}ownr: x\n`,
    });
    expect(problems.filter(({ code }) => code === 'config-name-twice')).toMatchObject([
      {
        file: 'models/a/model.yaml',
        line: 1,
        message: 'name: Another model is named "fraud" too: models/b/model.yaml.',
      },
      {
        file: 'models/b/model.yaml',
        line: 1,
        message: 'name: Another model is named "fraud" too: models/a/model.yaml.',
      },
    ]);
  });

  it('refuses two models that write one file', async () => {
    const writing = (name: string, model: string) =>
      `name: ${name}\ndata: { test: /t.csv }\ntrain:\n  run: python train.py\n  outputs: { model: ${model} }\n`;
    const files = (model: string) => ({
      'models/a/model.yaml': writing('a', '/shared/model.onnx'),
      'models/b/model.yaml': writing('b', model),
    });
    expect(await placesOf(files('../../shared/model.onnx'))).toEqual([
      'models/a/model.yaml:5 config-output-twice',
      'models/b/model.yaml:5 config-output-twice',
    ]);
    const { models } = await readConfiguration({ allowNone: false }, memoryFiles(files('model.onnx')));
    expect(models).toHaveLength(2);
  });
});
