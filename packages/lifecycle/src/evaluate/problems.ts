import type { Problem } from '../problem.ts';

function some(names: readonly string[]): string {
  const shown = names
    .slice(0, 20)
    .map((name) => name || '""')
    .join(', ');
  return names.length > 20 ? `${shown} and ${names.length - 20} more` : shown || 'none';
}

/** What evaluation can refuse, in one table. */
export const evaluationProblems = {
  notTrained: (model: string): Problem => ({
    code: 'model-not-trained',
    message: `There is no model of ${model} to evaluate: no training run was handed over.`,
    remedy: 'Run the training step before ("train-model", or "model-gitops train"), or name a file under "model:".',
  }),
  noModelFile: (path: string): Problem => ({
    code: 'model-missing',
    message: `There is no model file at ${path}.`,
    remedy: 'Train again, or correct "model:" or "train.outputs.model" in model.yaml.',
    file: path,
  }),
  modelEmpty: (path: string): Problem => ({
    code: 'model-empty',
    message: `The model file ${path} has no bytes.`,
    remedy: 'Look at what should have written it, and write it again.',
    file: path,
  }),
  modelChanged: (path: string, recorded: string, found: string): Problem => ({
    code: 'model-changed',
    message: `${path} has sha256 ${found}, but the training run wrote ${recorded}: it was changed in between.`,
    remedy: 'Train again, and let nothing write to the model file afterwards.',
    file: path,
  }),
  modelDangerous: (path: string, what: string): Problem => ({
    code: 'model-dangerous',
    message: `${path} was not loaded: ${what}.`,
    remedy: 'Export the model again with all weights in one file, from a source that you trust.',
    file: path,
  }),
  externalData: (path: string, what: string): Problem => ({
    code: 'model-external-data',
    message: `${path} is not the whole model: ${what}.`,
    remedy: 'Save all weights in the one file, e.g. onnx.save(model, path, save_as_external_data=False).',
    file: path,
  }),
  dataEmpty: (path: string): Problem => ({
    code: 'data-empty',
    message: `${path} has no rows, so nothing can be said of the model.`,
    remedy: 'Look at the query or filter that made it.',
    file: path,
  }),
  targetUnnamed: (model: string): Problem => ({
    code: 'target-unnamed',
    message: `Nothing says which column ${model} predicts.`,
    remedy: 'Set "features.target" in model.yaml, or --target.',
  }),
  targetGaps: (column: string, count: number, row: number): Problem => ({
    code: 'target-incomplete',
    message: `${count} rows have no value in the target column ${column}; the first is row ${row}.`,
    remedy: 'Keep rows without a label out of the test table, e.g. in features.sql.',
  }),
  columnMissing: (columns: readonly string[], where: string, known: readonly string[]): Problem => ({
    code: 'column-missing',
    message: `${where} has no column ${some(columns)}.`,
    remedy: `It has: ${some(known)}.`,
  }),
  noScorer: (path: string, format: string): Problem => ({
    code: 'evaluate-run-missing',
    message: `${path} is ${format === 'unknown' ? 'of an unknown format' : `a ${format} file`}, which is never loaded here.`,
    remedy:
      'Set "evaluate.run" to a command that writes predictions, with "evaluate.predictions"; or export the model as ONNX.',
    file: path,
  }),
  inputMismatch: (wanted: number, columns: readonly string[]): Problem => ({
    code: 'features-mismatch',
    message: `The model takes ${wanted} features, but the table gives ${columns.length}: ${some(columns)}.`,
    remedy: 'List the model’s inputs in order: "features.columns" in model.yaml, or --features.',
  }),
  inputUnknown: (names: readonly string[], columns: readonly string[]): Problem => ({
    code: 'features-mismatch',
    message: `The model takes one input a column, and there is no column ${some(names)}.`,
    remedy: `Name the columns as the model does; there are: ${some(columns)}.`,
  }),
  inputShape: (name: string, shape: readonly (number | null)[]): Problem => ({
    code: 'input-unsupported',
    message: `The model's input ${name} has the shape [${shape.map((size) => size ?? 'N').join(', ')}], which no table fills.`,
    remedy: 'Export with inputs [N, features] or one input [N, 1] a column; or score it with "evaluate.run".',
  }),
  cell: (column: string, row: number, type: string): Problem => ({
    code: 'feature-unsuitable',
    message: `Row ${row} of column ${column} is no ${type}, which the model takes.`,
    remedy: 'Encode or fill the column in the features step, or leave it out of "features.columns".',
  }),
  outputs: (what: string): Problem => ({
    code: 'output-unsupported',
    message: `The model's outputs cannot be read as predictions: ${what}.`,
    remedy: 'Export a label and a tensor of scores [N, classes], or one number a row; or use "evaluate.run".',
  }),
  notFinite: (what: string, row: number): Problem => ({
    code: 'prediction-not-finite',
    message: `The ${what} of row ${row} is missing or no finite number.`,
    remedy: 'Every row needs a prediction: look at that row’s features, and at how missing values are handled.',
  }),
  labelKinds: (truth: string, prediction: string): Problem => ({
    code: 'labels-differ',
    message: `The target holds ${truth}, but the model predicts ${prediction}.`,
    remedy: 'Use the same labels for both: texts with texts, numbers with numbers.',
  }),
  positiveUnknown: (positive: string, labels: readonly string[]): Problem => ({
    code: 'positive-unknown',
    message: `The positive label ${positive} is not among the labels.`,
    remedy: `Labels: ${some(labels)}. Correct "evaluate.positive" in model.yaml, or --positive.`,
  }),
  notBinary: (labels: readonly string[]): Problem => ({
    code: 'labels-not-binary',
    message: `The task is binary, but there are ${labels.length} labels: ${some(labels)}.`,
    remedy: 'Set "evaluate.task" to multiclass (or --task), or keep two labels in the target.',
  }),
  weightless: (): Problem => ({
    code: 'weight-unsuitable',
    message: 'All weights are 0, so no row counts.',
    remedy: 'Correct the weight column, or leave it out.',
  }),
  targetAmount: (row: number): Problem => ({
    code: 'target-unsuitable',
    message: `The target of row ${row} is no finite number, which a regression needs.`,
    remedy: 'Correct the column or the task, or keep such rows out of the test table.',
  }),
  privilegedUnknown: (column: string, value: string, known: readonly string[]): Problem => ({
    code: 'privileged-unknown',
    message: `No row has ${value} in the column ${column}, which was named as the privileged group.`,
    remedy: `Groups: ${some(known)}. Correct --privileged, or leave it out for the largest group.`,
  }),
  privilegedElsewhere: (column: string, sensitive: readonly string[]): Problem => ({
    code: 'privileged-unknown',
    message: `A privileged group was named for ${column}, but no groups are compared there.`,
    remedy: `Compared: ${some(sensitive)}. Add ${column} to --sensitive, or leave its --privileged out.`,
  }),
  weight: (column: string, row: number): Problem => ({
    code: 'weight-unsuitable',
    message: `Row ${row} of the weight column ${column} is no number of at least 0.`,
    remedy: 'Give every row a finite weight.',
  }),
  commandFailed: (command: string, exitCode: number, lines: readonly string[]): Problem => ({
    code: 'evaluate-run-failed',
    message: `"${command}" ended with exit code ${exitCode}.\n${lines.join('\n')}`,
    remedy:
      'Run the command by itself in the folder of model.yaml; MODEL_GITOPS_MODEL_PATH, _TEST and _PREDICTIONS are set.',
  }),
  predictionsMissing: (path: string, command: string): Problem => ({
    code: 'predictions-missing',
    message: `"${command}" ended well, but wrote no predictions to ${path}.`,
    remedy: 'Write one row a test row to the path in MODEL_GITOPS_PREDICTIONS, or correct "evaluate.predictions.file".',
    file: path,
  }),
  predictionRows: (path: string, found: number, wanted: number): Problem => ({
    code: 'predictions-rows',
    message: `${path} has ${found} rows, but the test table has ${wanted}.`,
    remedy: 'Write exactly one prediction a test row, in the order of the rows.',
    file: path,
  }),
  scoreColumns: (found: number, labels: readonly string[]): Problem => ({
    code: 'predictions-scores',
    message: `${found} score columns are named, but there are ${labels.length} labels: ${some(labels)}.`,
    remedy: 'Name one score column a label, in the order of the sorted labels.',
  }),
  taskUnknown: (column: string): Problem => ({
    code: 'task-unknown',
    message: `${column} holds whole numbers: they may be classes or amounts.`,
    remedy: 'Set "evaluate.task" in model.yaml (binary, multiclass or regression), or --task.',
  }),
  baselineMissing: (path: string): Problem => ({
    code: 'baseline-missing',
    message: `There is no earlier evaluation at ${path}.`,
    remedy: 'Correct the path of --baseline; it names the JSON that "model-gitops evaluate --json" wrote.',
    file: path,
  }),
  baseline: (path: string): Problem => ({
    code: 'baseline-unreadable',
    message: `${path} is not an evaluation document (model-gitops/evaluate/1).`,
    remedy: 'Name the JSON that "model-gitops evaluate --json" wrote.',
    file: path,
  }),
};
