import { describe, expect, it } from 'vitest';
import { ProblemError } from '../problem.ts';
import { parseModelConfig, readModel } from './parse-model.ts';

const file = 'models/fraud/model.yaml';
const smallest = `name: fraud
data: { test: test.csv }
model: model.onnx
gates: [metrics.accuracy > 0.9]
`;

/** The problems of a text as people read them. */
function sentences(text: string): readonly string[] {
  return readModel(text, file, null).problems.map(
    ({ line, column, message }) => `model.yaml:${line}:${column} ${message}`,
  );
}

describe('parseModelConfig', () => {
  it('fills the smallest file with defaults', () => {
    const { positions, ...model } = parseModelConfig(smallest, file);
    expect(model).toEqual({
      name: 'fraud',
      file,
      folder: 'models/fraud',
      tags: [],
      data: { test: { name: 'test', pattern: 'models/fraud/test.csv' }, parseDates: [] },
      features: { sensitive: [], format: 'parquet' },
      model: 'models/fraud/model.onnx',
      evaluate: { slices: [] },
      gates: [{ expression: 'metrics.accuracy > 0.9', level: 'error', position: { file, line: 4, column: 9 } }],
      environments: [
        { name: 'development', approval: 'none' },
        { name: 'staging', approval: 'none' },
        { name: 'production', approval: 'pull-request' },
      ],
    });
    expect(positions).toEqual({
      name: { file, line: 1, column: 1 },
      data: { file, line: 2, column: 1 },
      'data.test': { file, line: 2, column: 9 },
      model: { file, line: 3, column: 1 },
      gates: { file, line: 4, column: 1 },
      'gates[0]': { file, line: 4, column: 9 },
    });
  });

  it('reads every key', () => {
    const text = `
name: fraud
owner: "@acme/risk"
description: Finds fraud
intended-use: Cards
license: MIT
tags: [a, b]
data: { train: /data/*.csv, test: ../test.parquet, expect: suite.json, parse-dates: [at] }
features: { run: make features, format: csv, target: label, sensitive: [sex], columns: [a, b] }
train:
  run: |
    python train.py
  reuse: never
  code: ["**/*.py"]
  locks: [/requirements.txt]
  parameters: { depth: 3, rate: 0.1, kind: tree, fast: true }
  seed: 7
  outputs: { model: out/model.pkl, metrics: out/metrics.json }
evaluate:
  run: python score.py
  predictions: { file: preds.csv, prediction: y, score: p, scores: [p0, p1] }
  task: binary
  positive: 1
  slices: [country]
gates: [metrics.auc > 0.5, { if: metrics.f1 > 0.5, level: warn }, { if: staging.metrics.f1 > 0.5 }]
environments:
  staging: { approval: none }
  production: { after: staging, soak: 24h }
`;
    const { positions, gates, ...model } = parseModelConfig(text, file);
    expect(model).toMatchObject({
      owner: '@acme/risk',
      description: 'Finds fraud',
      intendedUse: 'Cards',
      license: 'MIT',
      tags: ['a', 'b'],
      data: {
        train: { name: 'train', pattern: 'data/*.csv' },
        test: { name: 'test', pattern: 'models/test.parquet' },
        expect: 'models/fraud/suite.json',
        parseDates: ['at'],
      },
      features: { run: 'make features', format: 'csv', target: 'label', sensitive: ['sex'], columns: ['a', 'b'] },
      train: {
        run: 'python train.py\n',
        reuse: 'never',
        code: ['models/fraud/**/*.py'],
        locks: ['requirements.txt'],
        parameters: { depth: 3, rate: 0.1, kind: 'tree', fast: true },
        seed: 7,
        outputs: { model: 'models/fraud/out/model.pkl', metrics: 'models/fraud/out/metrics.json' },
      },
      evaluate: {
        run: 'python score.py',
        predictions: { file: 'models/fraud/preds.csv', prediction: 'y', score: 'p', scores: ['p0', 'p1'] },
        task: 'binary',
        positive: '1',
        slices: ['country'],
      },
      environments: [
        { name: 'staging', approval: 'none' },
        { name: 'production', approval: 'pull-request', after: 'staging', soakSeconds: 86_400 },
      ],
    });
    expect(gates.map(({ level }) => level)).toEqual(['error', 'warn', 'error']);
    expect(gates[1]?.position).toEqual({ file, line: 25, column: 34 });
    expect(positions['environments.production']).toEqual({ file, line: 28, column: 3 });
    expect(positions['train.outputs.model']).toEqual({ file, line: 18, column: 14 });
  });

  it('reads a file with a BOM, Windows line ends, comments and aliases the same', () => {
    const text = `\ufeff# fraud\r\nname: fraud\r\ndata:\r\n  test: &t test.csv\r\n  train: *t\r\nmodel: model.onnx\r\n`;
    const { data, positions } = parseModelConfig(text, file);
    expect(data.train?.pattern).toBe('models/fraud/test.csv');
    expect(positions['data.train']).toEqual({ file, line: 5, column: 3 });
  });

  it('throws all problems together, with their places', () => {
    const parse = () => parseModelConfig('nam: fraud\ntrain: { run: x }\n', file);
    expect(parse).toThrowError(ProblemError);
    expect(parse).toThrowError(/did you mean "name"[\s\S]*train\.outputs\.model/);
  });

  it('knows a model at the root of the repository', () => {
    expect(parseModelConfig(smallest, 'model.yaml')).toMatchObject({ folder: '', model: 'model.onnx' });
  });
});

const later = 'This version does not know this key, and nothing would come of it.';

describe('a model.yaml that is not well says where, what and what was meant:', () => {
  it.each([
    ['nothing', '', ['model.yaml:1:1 The file is empty.']],
    ['only comments', '# soon\n---\n', ['model.yaml:1:1 The file is empty.']],
    ['a list', '- name: fraud\n', ['model.yaml:1:1 The file should hold keys with values, not a list.']],
    ['a word', 'fraud\n', ['model.yaml:1:1 The file should hold keys with values, not the text "fraud".']],
    ['two documents', 'name: a\n---\nname: b\n', ['model.yaml:2:1 A second document begins here, after "---".']],
    ['a tab', 'data:\n\ttest: x\n', ['model.yaml:2:1 This line is indented by a tab, which YAML does not take.']],
    ['an open quote', 'name: "fraud\n', ['model.yaml:2:1 This is no YAML that can be read: Missing closing "quote.']],
    [
      'deep nesting',
      '['.repeat(9000),
      ['model.yaml:1:819 This is larger than configuration is: it is nested too deep.'],
    ],
    [
      'a huge file',
      `name: ${'x'.repeat(300_000)}`,
      ['model.yaml:1:1 This is larger than configuration is: it has more than 256 KiB.'],
    ],
  ])('%s', (_, text, expected) => {
    const found = sentences(text);
    expect(found.map((one) => one.replace(/:1:\d{3} This is larger/, ':1:819 This is larger'))).toEqual(expected);
  });

  it.each([
    ['unknown key', 'ownr: x', ['5:1 ownr: There is no such key; did you mean "owner"?']],
    ['unknown key below', 'features: { sqll: x }', ['5:13 features.sqll: There is no such key; did you mean "sql"?']],
    ['a key of every object', 'constructor: x', ['5:1 constructor: There is no such key.']],
    ['__proto__', '__proto__: { name: x }', ['5:1 "__proto__" cannot be a key.']],
    ['"__proto__" below', 'evaluate: { "__proto__": { a: 1 } }', ['5:13 evaluate: "__proto__" cannot be a key.']],
    ['later key', 'drift: { share: 0.5 }', [`5:1 drift: ${later}`]],
    ['later key of environments', 'environments: { a: { canary: {} } }', [`5:22 environments.a.canary: ${later}`]],
    ['a key twice', 'name: other', ['5:1 name: This key stands here a second time; the first is in line 1.']],
    ['a merge key', '<<: { owner: x }', ['5:1 "<<" merges nothing: that was YAML 1.1.']],
    ['a key that is a list', '? [a]\n: b', ['5:3 A key here is no word.']],
    ['an alias of nothing', 'owner: *me', ['5:8 owner: No "&me" was written before "*me".']],
    ['an alias of itself', 'tags: &t [*t]', ['5:11 tags[0]: No "&t" was written before "*t".']],
    ['a tag', 'owner: !secret x', ['5:8 The tag "!secret" means nothing here.']],
    ['a number for text', 'owner: 5', ['5:8 owner: This should be text, not the number 5.']],
    ['a truth for text', 'owner: true', ['5:8 owner: This should be text, not true.']],
    ['nothing for text', 'owner:', ['5:1 owner: This should be text, not nothing.']],
    ['blanks for text', 'owner: "  "', ['5:8 owner: This should not be empty.']],
    ['text for a list', 'tags: one', ['5:7 tags: This should be a list, not the text "one".']],
    ['text for a mapping', 'features: sql', ['5:11 features: This should be a mapping of keys, not the text "sql".']],
    ['a number in a list', 'tags: [a, 1]', ['5:11 tags[1]: This should be text, not the number 1.']],
    [
      'another choice',
      'evaluate: { task: bynary }',
      ['5:19 evaluate.task: "bynary" is not one of binary, multiclass, regression; did you mean "binary"?'],
    ],
    [
      'a number for a choice',
      'evaluate: { task: 2 }',
      ['5:19 evaluate.task: This should be one of binary, multiclass, regression, not the number 2.'],
    ],
    [
      'a list as label',
      'evaluate: { positive: [1] }',
      ['5:13 evaluate.positive: This should be text, a number, true or false, not a list.'],
    ],
    [
      'no file of predictions',
      'evaluate: { predictions: { score: p } }',
      ['5:13 evaluate.predictions.file: This is missing: the table of predictions.'],
    ],
    ['a path out', 'features: { sql: ../../../x.sql }', ['5:18 features.sql: "../../../x.sql" leaves the repository.']],
    [
      'a pattern for a file',
      'features: { sql: "*.sql" }',
      ['5:18 features.sql: "*.sql" is a pattern, and one file is wanted.'],
    ],
    [
      'two ways of features',
      'features: { sql: a.sql, run: b }',
      ['5:30 features.run: "sql" is there too, and only one of them can count.'],
    ],
    [
      'the target as a feature',
      'features: { target: y, columns: [x, y] }',
      ['5:37 features.columns[1]: "y" is the target; a model that is given the answer predicts it well.'],
    ],
    [
      'an environment that is a root',
      'environments: { metrics: {} }',
      ['5:17 environments.metrics: "metrics" is not an environment name.'],
    ],
    [
      'an environment named archived',
      'environments: { archived: {} }',
      ['5:17 environments.archived: "archived" is not an environment name.'],
    ],
    [
      'an environment with capitals',
      'environments: { Prod: {} }',
      ['5:17 environments.Prod: "Prod" is not an environment name.'],
    ],
    [
      'an environment of nothing',
      'environments: { prod: }',
      ['5:17 environments.prod: This should be a mapping of keys, not nothing.'],
    ],
    [
      'after nothing known',
      'environments: { stage: {}, prod: { after: stagee } }',
      ['5:43 environments.prod.after: There is no environment "stagee"; did you mean "stage"?'],
    ],
    [
      'after itself',
      'environments: { a: { after: a } }',
      ['5:29 environments.a.after: No version could ever get there: a comes after a.'],
    ],
    [
      'a circle',
      'environments: { c: { after: b }, b: { after: c }, a: { after: b } }',
      ['5:46 environments.b.after: No version could ever get there: b comes after c comes after b.'],
    ],
    [
      'a soak without after',
      'environments: { a: { soak: 1h } }',
      ['5:28 environments.a.soak: A soak is the time in the environment before, and "after" names none.'],
    ],
    [
      'a soak in words',
      'environments: { b: {}, a: { after: b, soak: a day } }',
      ['5:45 environments.a.soak: This should be a time such as 90s, 30m, 24h or 7d, not "a day".'],
    ],
  ])('%s', (_, line, expected) => {
    expect(sentences(`${smallest}${line}\n`)).toEqual(expected.map((one) => `model.yaml:${one}`));
  });

  it.each([
    [
      'no name',
      'data: { test: t.csv }\nmodel: m.onnx\n',
      ['1:1 name: This is missing: the name by which the model is registered.'],
    ],
    [
      'no test data',
      'name: a\ndata: { train: t.csv }\nmodel: m.onnx\n',
      ['2:1 data.test: This is missing: the table that the model is evaluated on.'],
    ],
    [
      'neither train nor model',
      'name: a\ndata: { test: t.csv }\n',
      ['1:1 Neither "train" nor "model" is there, so there is no model.'],
    ],
    [
      'train and model',
      'name: a\ndata: { test: t.csv }\nmodel: m.onnx\ntrain: { run: x, outputs: { model: m.onnx } }\n',
      ['3:8 model: "train" is there too, and only one of them can count.'],
    ],
    [
      'train without command and output',
      'name: a\ndata: { test: t.csv }\ntrain: {}\n',
      [
        '3:1 train.run: This is missing: the command that trains.',
        '3:1 train.outputs.model: This is missing: the file that the command writes the model to.',
      ],
    ],
    [
      'data that is no mapping',
      'name: a\ndata: t.csv\nmodel: m.onnx\n',
      ['2:7 data: This should be a mapping of keys, not the text "t.csv".'],
    ],
    [
      'a capital in the name',
      'name: Fraud\ndata: { test: t.csv }\nmodel: m.onnx\n',
      ['1:1 name: "Fraud" is not a model name.'],
    ],
    [
      'a name with a path',
      'name: ../x\ndata: { test: t.csv }\nmodel: m.onnx\n',
      ['1:1 name: "../x" is not a model name.'],
    ],
    [
      'a name that Windows keeps',
      'name: con\ndata: { test: t.csv }\nmodel: m.onnx\n',
      ['1:7 name: "con" is not a model name.'],
    ],
    [
      'a name of 65 letters',
      `name: ${'a'.repeat(65)}\ndata: { test: t.csv }\nmodel: m.onnx\n`,
      [`1:1 name: "${'a'.repeat(65)}" is not a model name.`],
    ],
  ])('%s', (_, text, expected) => {
    expect(sentences(text)).toEqual(expected.map((one) => `model.yaml:${one}`));
  });

  it.each([
    ['[1]', '4:9 gates[0]: This should be a condition, or a mapping with "if" and "level", not the number 1.'],
    ['[""]', '4:9 gates[0]: This should not be empty.'],
    ['[{ level: warn }]', '4:9 gates[0].if: This is missing: text.'],
    [
      '[{ if: metrics.a > 1, level: wan }]',
      '4:37 gates[0].level: "wan" is not one of error, warn; did you mean "warn"?',
    ],
    ['[{ iff: metrics.a > 1, if: metrics.a > 1 }]', '4:11 gates[0].iff: There is no such key; did you mean "if"?'],
    ['metrics.a > 1', '4:8 gates: This should be a list, not the text "metrics.a > 1".'],
    [
      '[metrics.a > 1, has(metrics.a)]',
      '4:24 gates[1]: The gate "has(metrics.a)" uses "has()", which could hide a missing figure.',
    ],
    ['[metrix.a > 1]', '4:9 gates[0]: A gate names "metrix", which nothing provides; did you mean "metrics"?'],
    ['[qa.metrics.a > 1]', '4:9 gates[0]: A gate names "qa", which nothing provides.'],
  ])('gates: %s', (gates, expected) => {
    expect(sentences(smallest.replace(/gates: .*/, `gates: ${gates}`))).toEqual([`model.yaml:${expected}`]);
  });

  it('judges every gate, also beside one that no schema takes', () => {
    const found = sentences(smallest.replace(/gates: .*/, 'gates: [1, metrics.a >, { iff: x }, has(metrics.a)]'));
    expect(found.map((one) => one.match(/gates\[\d\]/)?.[0])).toEqual([
      'gates[0]',
      'gates[1]',
      'gates[2]',
      'gates[2]',
      'gates[3]',
    ]);
  });

  it.each([
    ['parameters: { a: [1] }', '5:24 train.parameters.a: This should be text, a number, true or false, not a list.'],
    [
      'parameters: { a: .nan }',
      '5:27 train.parameters.a: This should be text, a number, true or false, not the number NaN.',
    ],
    [
      'parameters: { a: -.inf }',
      '5:27 train.parameters.a: This should be text, a number, true or false, not the number -Infinity.',
    ],
    [
      'parameters: { a: 12345678901234567890 }',
      '5:27 train.parameters.a: The number 12345678901234567890 is too large to be kept exactly.',
    ],
    ['parameters: { "": 1 }', '5:24 train.parameters[""]: "" cannot be a key.'],
    ['seed: -1', '5:16 train.seed: This should be at least 0.'],
    ['seed: 1.5', '5:16 train.seed: This should be a whole number, not the number 1.5.'],
    ['seed: "1"', '5:16 train.seed: This should be a number, not the text "1".'],
    ['locks: ["*.lock"]', '5:18 train.locks[0]: "*.lock" is a pattern, and one file is wanted.'],
    ['code: [src, ../../..]', '5:22 train.code[1]: "../../.." leaves the repository.'],
  ])('train: %s', (line, expected) => {
    const text = `name: a\ndata: { test: t.csv }\ntrain: { run: x, outputs: { model: m.onnx },\n\n         ${line} }\n`;
    expect(sentences(text)).toEqual([`model.yaml:${expected}`]);
  });

  it('refuses aliases of aliases before they fill the memory', () => {
    const levels = Array.from(
      { length: 20 },
      (_, level) => `  k${level + 1}: &a${level + 1} [${Array(9).fill(`*a${level}`).join(', ')}]`,
    );
    const found = sentences(`train:\n  parameters: &a0 { x: 1 }\n${levels.join('\n')}\n`);
    expect(found).toEqual([expect.stringContaining('This is larger than configuration is: it stands for more than')]);
  });

  it('refuses a folder that globs would read as a pattern', () => {
    const [problem] = readModel(smallest, 'models/[a]/model.yaml', null).problems;
    expect(problem).toMatchObject({ code: 'config-folder', file: 'models/[a]/model.yaml', line: 1 });
  });
});
