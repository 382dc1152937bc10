import type { Workspace } from '../ports/index.ts';
import { type Problem, ProblemError } from '../problem.ts';
import { type ReadModel, readModel } from './parse-model.ts';
import { type ReadRepository, readRepository, repositoryConfigFile } from './parse-repository.ts';
import { configProblems } from './problems.ts';
import type { ModelConfig, RepositoryConfig } from './types.ts';

export type ConfigurationFiles = Pick<Workspace, 'readText' | 'list'>;

export interface Configuration {
  /** Sorted by name. */
  readonly models: readonly ModelConfig[];
  readonly repository: RepositoryConfig;
}

/** The repository's own file; its defaults where there is none. */
export async function openRepository(files: ConfigurationFiles): Promise<ReadRepository> {
  return readRepository((await files.readText(repositoryConfigFile)) ?? '', repositoryConfigFile);
}

export async function readModels(
  paths: readonly string[],
  { defaults }: ReadRepository,
  files: ConfigurationFiles,
): Promise<readonly ReadModel[]> {
  return Promise.all(
    paths.map(async (file) => {
      const text = await files.readText(file);
      if (text !== null) return readModel(text, file, defaults);
      return { file, model: null, name: null, problems: [configProblems.fileMissing(file)] };
    }),
  );
}

function sameNames(models: readonly ReadModel[]): readonly Problem[] {
  return models.flatMap(({ name, file }) => {
    const others = models.filter((other) => other.file !== file && other.name?.text === name?.text);
    if (name === null || others.length === 0) return [];
    return [
      configProblems.nameTwice(
        name.position,
        name.text,
        others.map((other) => other.file),
      ),
    ];
  });
}

interface Output {
  readonly model: ModelConfig;
  readonly key: readonly string[];
  readonly path: string;
}

function outputsOf(model: ModelConfig): readonly Output[] {
  const { train, evaluate } = model;
  const written: readonly (readonly [readonly string[], string | undefined])[] = [
    [['train', 'outputs', 'model'], train?.outputs.model],
    [['train', 'outputs', 'metrics'], train?.outputs.metrics],
    [['evaluate', 'predictions', 'file'], evaluate.predictions?.file],
  ];
  return written.flatMap(([key, path]) => (path === undefined ? [] : [{ model, key, path }]));
}

/** Two models that write one file: the second would overwrite what the first is registered from. */
function sameOutputs(models: readonly ModelConfig[]): readonly Problem[] {
  const outputs = models.flatMap(outputsOf);
  return outputs.flatMap(({ model, key, path }) => {
    const others = outputs.filter((other) => other.path === path && other.model.file !== model.file);
    const position = model.positions[key.join('.')];
    if (others.length === 0 || position === undefined) return [];
    return [configProblems.outputTwice(key, position, path, [...new Set(others.map((other) => other.model.file))])];
  });
}

/** A fault in what all models share is told once, and not once a model: at its own place, in its own words. */
function toldOnce(repository: readonly Problem[], models: readonly Problem[]): readonly Problem[] {
  const placeOf = ({ code, file, line, column }: Problem) => JSON.stringify([code, file, line, column]);
  const told = new Set(repository.map(placeOf));
  const fresh = models.filter((problem) => problem.file !== repositoryConfigFile || !told.has(placeOf(problem)));
  const distinct = new Map(fresh.map((problem) => [`${placeOf(problem)} ${problem.message}`, problem]));
  return [...repository, ...distinct.values()];
}

/** The models that were read, by name. Throws all problems of all files together. */
export function modelsOf(read: readonly ReadModel[], repository: ReadRepository): readonly ModelConfig[] {
  const models = read.flatMap(({ model }) => (model === null ? [] : [model]));
  const problems = toldOnce(repository.problems, [
    ...read.flatMap((one) => one.problems),
    ...sameNames(read),
    ...sameOutputs(models),
  ]);
  if (problems.length > 0) throw new ProblemError(problems);
  return [...models].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Every model that the repository declares. Problems: those of all files together; `no-models` where none may not be. */
export async function readConfiguration(
  { allowNone }: { readonly allowNone: boolean },
  files: ConfigurationFiles,
): Promise<Configuration> {
  const repository = await openRepository(files);
  // a file that cannot be read at all may have named other places and defaults: nothing else can be judged
  if (repository.root === null && repository.problems.length > 0) throw new ProblemError(repository.problems);
  const paths = await files.list(repository.config.models, '');
  const models = modelsOf(await readModels(paths, repository, files), repository);
  if (models.length === 0 && !allowNone) throw new ProblemError(configProblems.noModels(repository.config.models));
  return { models, repository: repository.config };
}
