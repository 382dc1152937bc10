import { ProblemError } from '../problem.ts';
import { type ExplainedValue, explainModels, explainRepository } from './explain.ts';
import { positionsOf } from './node.ts';
import { type ReadRepository, repositoryConfigFile } from './parse-repository.ts';
import { configProblems } from './problems.ts';
import { type ConfigurationFiles, modelsOf, openRepository, readModels } from './read-configuration.ts';

export interface ConfigCheckDocument {
  readonly schema: 'model-gitops/config-check/1';
  readonly outcome: 'pass';
  /** Sorted by name. `values` only where they were to be explained. */
  readonly models: readonly {
    readonly name: string;
    readonly file: string;
    readonly values?: readonly ExplainedValue[];
  }[];
  readonly repository?: { readonly file: string; readonly values: readonly ExplainedValue[] };
}

export interface ConfigCheckRequest {
  /** Relative to the root of the repository; none is every model that the repository declares. */
  readonly files: readonly string[];
  readonly explain: boolean;
}

function checkedPaths(
  asked: readonly string[],
  { config }: ReadRepository,
  files: ConfigurationFiles,
): Promise<readonly string[]> | readonly string[] {
  if (asked.length === 0) return files.list(config.models, '');
  const paths = asked.map((path) => path.replace(/^(\.?\/)+/, ''));
  return [...new Set(paths)].filter((path) => path !== repositoryConfigFile);
}

/** Whether configuration can be used; all problems of all files are thrown together. Nothing to check is a problem too. */
export async function checkConfiguration(
  { files: asked, explain }: ConfigCheckRequest,
  files: ConfigurationFiles,
): Promise<ConfigCheckDocument> {
  const repository = await openRepository(files);
  const { config, root, problems } = repository;
  if (root === null && problems.length > 0) throw new ProblemError(problems);
  const paths = await checkedPaths(asked, repository, files);
  const models = modelsOf(await readModels(paths, repository, files), repository);
  if (models.length === 0 && asked.length === 0) throw new ProblemError(configProblems.noModels(config.models));
  const listed = models.map(({ name, file }) => ({ name, file }));
  const document = { schema: 'model-gitops/config-check/1', outcome: 'pass', models: listed } as const;
  if (!explain) return document;
  const values = await explainModels(models, files);
  const positions = root === null ? {} : positionsOf(root);
  return {
    ...document,
    models: listed.map((model, index) => ({ ...model, values: values[index] ?? [] })),
    repository: {
      file: repositoryConfigFile,
      values: explainRepository(config, { file: repositoryConfigFile, positions }),
    },
  };
}
