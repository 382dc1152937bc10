import { type Problem, ProblemError } from '../problem.ts';
import { checkSchema } from './check-schema.ts';
import { type Mapping, nodeAt, type Path, placeOf } from './node.ts';
import { inOrder, mappingOf } from './parse-model.ts';
import { configProblems } from './problems.ts';
import { type Resolved, resolveFile, resolvePath } from './resolve-path.ts';
import { RepositoryFile } from './schema.ts';
import type { RepositoryConfig } from './types.ts';

export const repositoryConfigFile = '.github/model-gitops.yml';

/** The file that was read, as far as it can be used: what is wrong in it is as if it were not there. */
export interface ReadRepository {
  readonly config: RepositoryConfig;
  /** What stands under every model.yaml. */
  readonly defaults: Mapping | null;
  /** Everything that is written. */
  readonly root: Mapping | null;
  readonly problems: readonly Problem[];
}

const byDefault: RepositoryConfig = { models: ['models/*/model.yaml'], registry: 'registry' };

/** Places of the repository as a whole are meant from its root, with or without a leading `/`. */
function fromRoot(root: Mapping, path: Path, resolved: Resolved, text: string, problems: Problem[]): readonly string[] {
  if ('path' in resolved) return [resolved.path];
  problems.push(configProblems.path({ path, position: placeOf(root, path) }, text, resolved.flaw));
  return [];
}

function configOf(
  { models = [], registry, store }: RepositoryFile,
  root: Mapping,
  problems: Problem[],
): RepositoryConfig {
  const globs = models.flatMap((text, index) =>
    fromRoot(root, ['models', index], resolvePath(text, ''), text, problems),
  );
  const [folder] =
    registry === undefined ? [] : fromRoot(root, ['registry'], resolveFile(registry, ''), registry, problems);
  return {
    models: globs.length === 0 ? byDefault.models : globs,
    registry: folder ?? byDefault.registry,
    ...(store === undefined ? {} : { store }),
  };
}

/** Reads `.github/model-gitops.yml`; an empty text is every default. Never throws for what is written. */
export function readRepository(text: string, file: string): ReadRepository {
  const { root, problems } = mappingOf(text, file);
  if (root === null) return { config: byDefault, defaults: null, root, problems };
  const checked = checkSchema(RepositoryFile, root);
  const all = [...problems, ...checked.problems];
  const config = configOf(checked.value, root, all);
  const defaults = nodeAt(root, ['defaults']);
  return { config, defaults: defaults?.kind === 'mapping' ? defaults : null, root, problems: inOrder(all) };
}

/** `.github/model-gitops.yml`, or its defaults for an empty text. Throws all of its problems together. */
export function parseRepositoryConfig(text: string, file: string): RepositoryConfig {
  const { config, problems } = readRepository(text, file);
  if (problems.length > 0) throw new ProblemError(problems);
  return config;
}
