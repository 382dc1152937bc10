import { resolve } from 'node:path';
import {
  answerWith,
  type Checkout,
  describeRegistration,
  type Files,
  type ModelConfig,
  ProblemError,
  type RegisterFileRequest,
  readConfiguration,
  registerFile,
  registerModels,
} from '@model-gitops/lifecycle';
import { localFiles } from '../local-files.ts';
import { modelNames, versionNumber } from '../names.ts';
import { configurationFiles, openRepository, withClean } from '../open-repository.ts';
import { parameterValues } from '../parameter-values.ts';
import { cliProblems } from '../problems.ts';
import { flagOption, pairsOption, textOption } from '../read-options.ts';
import type { Options, Perform } from '../verb.ts';

/** Figures may also be written on the command line itself: `--metrics '{"accuracy": 0.93}'`. */
const files: Files = {
  ...localFiles,
  readText: async (path) => (path.trimStart().startsWith('{') ? path : localFiles.readText(path)),
};

async function configOf(model: string, checkout: Checkout): Promise<ModelConfig | null> {
  const { models } = await readConfiguration({ allowNone: true }, await configurationFiles(checkout));
  return models.find(({ name }) => name === model) ?? null;
}

const fileOptions = ['evaluation', 'metrics', 'data', 'parameter'];

function checkOptions(models: readonly string[], options: Options): void {
  const artifact = textOption(options, 'artifact');
  const stray = fileOptions.find((name) => options[name] !== undefined);
  if (artifact === undefined && stray !== undefined) throw new ProblemError(cliProblems.artifactMissing(stray));
  if (artifact !== undefined && models.length !== 1) throw new ProblemError(cliProblems.oneModel());
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(artifact ?? ''))
    throw new ProblemError(cliProblems.artifactRemote(artifact ?? ''));
}

/** Files that the record names by their digest make no working tree dirty: a model is not expected to be in Git. */
function withoutNamed(checkout: Checkout, { artifact, evaluation, metrics, data }: NamedFiles): Checkout {
  const named = [artifact, evaluation, metrics, ...Object.values(data)].flatMap((path) =>
    path === null ? [] : [path],
  );
  const absolute = new Set(named.map((path) => resolve(path)));
  return withClean(checkout, (path) => absolute.has(checkout.workspace.resolve(path)));
}

type NamedFiles = Pick<RegisterFileRequest, 'artifact' | 'evaluation' | 'metrics' | 'data'>;

export const register: Perform = async (call) => {
  const { options } = call;
  const models = modelNames(call.arguments);
  const number = textOption(options, 'version');
  const version = number === undefined ? null : versionNumber(number);
  const dryRun = flagOption(options, 'dryRun');
  checkOptions(models, options);
  const checkout = await openRepository(call);
  const artifact = textOption(options, 'artifact');
  const [model = ''] = models;
  if (artifact === undefined) return registerModels({ models, version, dryRun }, checkout);
  const request = {
    model,
    config: await configOf(model, checkout),
    artifact,
    version,
    evaluation: textOption(options, 'evaluation') ?? null,
    metrics: textOption(options, 'metrics') ?? null,
    data: pairsOption(options, 'data'),
    parameters: parameterValues(options),
    dryRun,
  };
  return answerWith(await registerFile(request, files, withoutNamed(checkout, request)), describeRegistration);
};
