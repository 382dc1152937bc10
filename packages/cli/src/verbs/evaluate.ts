import { systemHost } from '@model-gitops/host';
import {
  answerWith,
  type EvaluateFilesRequest,
  evaluateFiles,
  evaluateModels,
  type NamedTable,
  ProblemError,
  tellEvaluation,
} from '@model-gitops/lifecycle';
import { openEngines } from '../engines.ts';
import { localFiles } from '../local-files.ts';
import { modelNames } from '../names.ts';
import { openRepository } from '../open-repository.ts';
import { cliProblems } from '../problems.ts';
import { choiceOption, listOption, numberOption, pairsOption, textOption } from '../read-options.ts';
import { type TableArgument, tableArgument } from '../table-source.ts';
import type { Call, Options, Perform } from '../verb.ts';

/** The table with its digest, where it is one file. */
async function namedTable({ name, source }: TableArgument, role: string): Promise<NamedTable> {
  const [path, ...others] = source.paths;
  const facts = path === undefined || others.length > 0 ? null : await localFiles.measure(path);
  if (facts === null) return { name, source };
  return { name, source, facts: { name: role, path: name, sha256: facts.sha256, size: facts.size } };
}

function sharedOptions(options: Options) {
  if (options.task === 'ranking') throw new ProblemError(cliProblems.rankingLater());
  return {
    task: choiceOption(options, 'task', ['binary', 'multiclass', 'regression']),
    positive: textOption(options, 'positive'),
    gates: listOption(options, 'gate'),
    baseline: textOption(options, 'baseline'),
    seed: numberOption(options, 'seed') ?? 0,
    sensitive: listOption(options, 'sensitive'),
    slices: listOption(options, 'slices'),
    weight: textOption(options, 'weight'),
    privileged: pairsOption(options, 'privileged'),
  };
}

async function predictionsRequest({ options, input }: Call, data: string): Promise<EvaluateFilesRequest> {
  const target = textOption(options, 'target');
  if (target === undefined) throw new ProblemError(cliProblems.targetMissing());
  const shared = sharedOptions(options);
  const predictions = await namedTable(await tableArgument(data, { input }), 'predictions');
  const columns = {
    prediction: textOption(options, 'prediction'),
    score: textOption(options, 'score'),
    scores: listOption(options, 'scores'),
  };
  return { kind: 'predictions', ...shared, predictions, target, columns };
}

async function modelRequest({ options, input }: Call, model: string, data: string): Promise<EvaluateFilesRequest> {
  const features = listOption(options, 'features');
  return {
    kind: 'model',
    ...sharedOptions(options),
    model,
    data: await namedTable(await tableArgument(data, { input }), 'test'),
    target: textOption(options, 'target'),
    features: features.length > 0 ? features : undefined,
    predictionsOut: textOption(options, 'predictionsOut'),
  };
}

async function fileRequest(call: Call): Promise<EvaluateFilesRequest> {
  const { options } = call;
  const [predictions, model, data] = ['predictions', 'model', 'data'].map((name) => textOption(options, name));
  const isBoth = predictions !== undefined && model !== undefined;
  if (call.arguments.length > 0 || isBoth) throw new ProblemError(cliProblems.evaluateWhat());
  if (predictions !== undefined) return predictionsRequest(call, predictions);
  if (model !== undefined && data !== undefined) return modelRequest(call, model, data);
  throw new ProblemError(cliProblems.evaluateWhat());
}

/** Options that only mean something for files: with a configured model they would be silently ignored. */
const fileOptions = [
  'predictions',
  'model',
  'data',
  'target',
  'task',
  'prediction',
  'score',
  'scores',
  'query',
  'positive',
  'features',
  'predictionsOut',
  'weight',
  'sensitive',
  'privileged',
  'slices',
  'gate',
  'baseline',
];

export const evaluate: Perform = async (call) => {
  if (fileOptions.some((name) => call.options[name] !== undefined)) {
    const ports = { files: localFiles, ...openEngines(call), host: systemHost() };
    return answerWith(await evaluateFiles(await fileRequest(call), ports), tellEvaluation);
  }
  const models = modelNames(call.arguments);
  return evaluateModels({ models, seed: numberOption(call.options, 'seed') ?? 0 }, await openRepository(call));
};
