import type { ModelState } from '@model-gitops/registry';
import { openRepository, readModels } from '../config/read-configuration.ts';
import { filesOfCommit } from '../pipeline/default-branch-files.ts';
import type { GitStore, ObjectId } from '../ports/index.ts';
import type { Problem } from '../problem.ts';
import type { ConfiguredModel } from './types.ts';

type Read = Awaited<ReturnType<typeof readModels>>;

interface ReadConfigurations {
  readonly models: Read;
  /** Of what all models share: then nobody knows what any of them asks for. */
  readonly shared: readonly Problem[];
}

async function readConfigurations(git: GitStore, commit: ObjectId): Promise<ReadConfigurations> {
  const files = filesOfCommit(git, commit);
  const repository = await openRepository(files);
  if (repository.problems.length > 0) return { models: [], shared: repository.problems };
  const paths = await files.list(repository.config.models, '');
  return { models: await readModels(paths, repository, files), shared: [] };
}

function problemText({ file, line, message }: Problem): string {
  return file === undefined ? message : `${[file, line].filter((part) => part !== undefined).join(':')}: ${message}`;
}

/** Why nobody can say what the default branch asks of a model. A file whose name cannot be read may be that of any. */
function flawOf(model: string, { models, shared }: ReadConfigurations): string | null {
  const own = models.filter(({ name }) => name?.text === model);
  const [first, second] = own;
  if (first !== undefined && second !== undefined) return `${first.file} and ${second.file} are both called ${model}`;
  const nameless = models.filter((read) => read.model === null && read.name === null);
  const [problem] = [...shared, ...[...own, ...(first === undefined ? nameless : [])].flatMap((read) => read.problems)];
  return problem === undefined ? null : problemText(problem);
}

/** Each model with what the default branch asks of it. What is wrong with one model.yaml does not stop the others. */
export async function readConfiguredModels(
  states: readonly ModelState[],
  git: GitStore,
  commit: ObjectId | null,
): Promise<readonly ConfiguredModel[]> {
  const read = commit === null ? { models: [], shared: [] } : await readConfigurations(git, commit);
  return states.map((state) => {
    const flaw = flawOf(state.model, read);
    const own = read.models.find(({ model }) => model?.name === state.model)?.model ?? null;
    return { state, flaw, config: flaw === null ? own : null };
  });
}
