import type { Position } from '../config/types.ts';
import type { Problem } from '../problem.ts';

/** What training can refuse, in one table. */
export const trainProblems = {
  notDeclared: (model: string): Problem => ({
    code: 'nothing-to-train',
    message: `${model} names an existing file under "model:" and no "train:".`,
    remedy: 'Leave this step out, or declare "train: { run: … }" in model.yaml.',
  }),
  lockMissing: (path: string, where: Position | undefined): Problem => ({
    code: 'lock-missing',
    message: `There is no file ${path}, which says what the training runs with.`,
    remedy: 'Write it (e.g. "pip freeze > requirements.txt"), or correct "train.locks" in model.yaml.',
    ...(where ?? { file: path }),
  }),
  modelNotWritten: (path: string, command: string, where: Position | undefined): Problem => ({
    code: 'model-not-written',
    message: `"${command}" ended well, but wrote no model to ${path}.`,
    remedy: 'Write the model to the path in MODEL_GITOPS_MODEL_PATH, or correct "train.outputs.model" in model.yaml.',
    ...(where ?? { file: path }),
  }),
  outputIsFolder: (path: string, where: Position | undefined): Problem => ({
    code: 'output-is-folder',
    message: `${path} is a folder; a model and its metrics are one file each.`,
    remedy: 'Write one file, e.g. an archive of the folder, and name it under "train.outputs" in model.yaml.',
    ...(where ?? { file: path }),
  }),
  outputIsInput: (path: string, where: Position | undefined): Problem => ({
    code: 'output-is-input',
    message: `${path} is named as an output of the training, and as something else too; outputs are deleted before.`,
    remedy: 'Name a file of its own under "train.outputs" in model.yaml.',
    ...(where ?? { file: path }),
  }),
  metricsNotWritten: (path: string, command: string, where: Position | undefined): Problem => ({
    code: 'metrics-not-written',
    message: `"${command}" ended well, but wrote no metrics to ${path}.`,
    remedy: 'Write a JSON object of numbers there, or take "train.outputs.metrics" out of model.yaml.',
    ...(where ?? { file: path }),
  }),
  metricsUnreadable: (path: string, why: string): Problem => ({
    code: 'metrics-unreadable',
    message: `${path} should be a JSON object of numbers by name, but ${why}.`,
    remedy: 'Write it as {"loss": 0.12, "accuracy": 0.93}; what JSON lacks as "NaN", "Infinity" or "-Infinity".',
    file: path,
  }),
  artifactMissing: (path: string, command: string): Problem => ({
    code: 'artifact-missing',
    message: `"${command}" ended well, but there is no ${path}.`,
    remedy: 'Name a file that the command writes.',
    file: path,
  }),
};

/** Why a run is not recorded although it went well: told, and no problem. */
export const notRecorded = {
  noCommit: 'there is no commit yet that its code could be found in',
  dirty: (paths: readonly string[]): string =>
    `the working tree differs from the commit (${paths.slice(0, 5).join(', ')}${paths.length > 5 ? ` and ${paths.length - 5} more` : ''})`,
  noWriter: 'nothing can be written to the registry from here',
  noStore: 'there is no store for the bytes ("store:" in .github/model-gitops.yml)',
  otherBytes: (id: string): string =>
    `${id} is recorded already with other bytes for the same code, locks, parameters, data and features`,
};
