import { describe, expect, it } from 'vitest';
import { parseRepositoryConfig, readRepository, repositoryConfigFile } from './parse-repository.ts';

function sentences(text: string): readonly string[] {
  return readRepository(text, repositoryConfigFile).problems.map(
    ({ line, column, message }) => `${line}:${column} ${message}`,
  );
}

describe('parseRepositoryConfig', () => {
  it.each(['', '# nothing yet\n', '---\n', '{}'])('has defaults for %j', (text) => {
    expect(parseRepositoryConfig(text, repositoryConfigFile)).toEqual({
      models: ['models/*/model.yaml'],
      registry: 'registry',
    });
  });

  it('means places from the root of the repository', () => {
    const text = 'models: [ml/*/model.yaml, "/x/model.yaml"]\nregistry: /decisions/\nstore: dir:../models\n';
    expect(parseRepositoryConfig(text, repositoryConfigFile)).toEqual({
      models: ['ml/*/model.yaml', 'x/model.yaml'],
      registry: 'decisions',
      store: 'dir:../models',
    });
  });

  it.each([
    ['model: [a]', ['1:1 model: There is no such key; did you mean "models"?']],
    ['freeze: []', ['1:1 freeze: This version does not know this key, and nothing would come of it.']],
    ['models: models/*/model.yaml', ['1:9 models: This should be a list, not the text "models/*/model.yaml".']],
    ['models: []', ['1:1 models: This should not be empty.']],
    ['models: [../x/model.yaml]', ['1:10 models[0]: "../x/model.yaml" leaves the repository.']],
    ['models: ["!x"]', ['1:10 models[0]: "!x" begins with "!", and nothing can be left out of a glob.']],
    ['registry: ..', ['1:11 registry: ".." leaves the repository.']],
    ['registry: /', ['1:11 registry: "/" is the whole repository.']],
    ['registry: .git', ['1:11 registry: ".git" is inside of the folder that Git keeps for itself.']],
    [
      'store: s3://bucket',
      ['1:8 store: This should be release or dir:<folder>; other stores are not there yet, not "s3://bucket".'],
    ],
    [
      'store: "dir: "',
      ['1:8 store: This should be release or dir:<folder>; other stores are not there yet, not "dir: ".'],
    ],
    ['defaults: { name: fraud }', ['1:13 defaults.name: There is no such key.']],
    [
      'defaults: { train: { reuse: ever } }',
      ['1:29 defaults.train.reuse: "ever" is not one of auto, never; did you mean "never"?'],
    ],
    ['- a', ['1:1 The file should hold keys with values, not a list.']],
  ])('%s', (text, expected) => {
    expect(sentences(text)).toEqual(expected);
    expect(() => parseRepositoryConfig(text, repositoryConfigFile)).toThrowError();
  });
});
