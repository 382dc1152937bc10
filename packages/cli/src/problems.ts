import type { Problem } from '@model-gitops/lifecycle';

export const defectRemedy =
  'Please report it in the issue tracker of the repository that you have model-gitops from, with the command and these lines.';

export const lostRemedy = (why: string) =>
  `The result could not be written to standard output (${why}). Look at where it is redirected to.`;

/** Commander's words as a sentence: without its prefix, on one line. */
function sentence(message: string): string {
  const words = message
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ')
    .trim();
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.?!)]$/.test(words) ? '' : '.'}`;
}

/** What a command line can get wrong, in one table. */
export const cliProblems = {
  usage: (message: string, verb: string | null): Problem => ({
    code: 'usage',
    message: sentence(message),
    remedy: `See "model-gitops ${verb === null ? '--help' : `${verb} --help`}".`,
  }),
  defect: (what: string): Problem => ({
    code: 'defect',
    message: `This is a defect of model-gitops, not of your files: ${what.slice(0, 300)}`,
    remedy: defectRemedy,
  }),
  format: (value: string): Problem => ({
    code: 'format-unknown',
    message: `There is no format ${JSON.stringify(value)}.`,
    remedy: 'Formats: text, json, markdown, junit.',
  }),
  pair: (option: string, text: string): Problem => ({
    code: 'usage',
    message: `${option} takes name=value, not ${JSON.stringify(text)}.`,
    remedy: `Write it as ${option} name=value.`,
  }),
  dataMissing: (path: string): Problem => ({
    code: 'data-missing',
    message: `There is no data at ${path}.`,
    remedy: 'Name a .csv, .parquet or .jsonl file, a folder of them, a glob, or - for standard input.',
    file: path,
  }),
  dataFormat: (path: string): Problem => ({
    code: 'data-format',
    message: `${path} is none of .csv, .parquet, .jsonl.`,
    remedy: 'Rename it, or convert it to one of them.',
    file: path,
  }),
  dataMixed: (path: string): Problem => ({
    code: 'data-mixed',
    message: `${path} holds files of several formats; one table has one.`,
    remedy: 'Name the files of one format by a glob, e.g. "data/*.csv".',
    file: path,
  }),
  dataRemote: (address: string): Problem => ({
    code: 'data-remote',
    message: `${address} is not on this disk; addresses are not read yet.`,
    remedy: 'Download the file first and name its path.',
  }),
  evaluateWhat: (): Problem => ({
    code: 'usage',
    message: 'evaluate needs a model of this repository, or --predictions with --target, or --model with --data.',
    remedy: 'See "model-gitops evaluate --help".',
  }),
  targetMissing: (): Problem => ({
    code: 'usage',
    message: '--predictions needs --target: the column with the truth.',
    remedy: 'Add --target <column>.',
  }),
  rankingLater: (): Problem => ({
    code: 'task-unsupported',
    message: 'The task ranking is not there yet.',
    remedy: 'Tasks: binary, multiclass, regression.',
  }),
  engineOther: (engine: string): Problem => ({
    code: 'engine-unsupported',
    message: `The engine ${engine} is not there yet.`,
    remedy: 'Leave --engine out: duckdb is used.',
  }),
  noForge: (what: string): Problem => ({
    code: 'forge-missing',
    message: `${what} asks the forge, and none can be asked from here.`,
    remedy:
      'Set GITHUB_TOKEN (or GH_TOKEN), with "origin" on GitHub. Without a forge, Git and the ledger alone answer.',
  }),
  repositoryMissing: (path: string): Problem => ({
    code: 'repository-missing',
    message: `There is no folder ${path}.`,
    remedy: 'Name a Git working tree or a bare repository with --repository <path>.',
  }),
  artifactMissing: (option: string): Problem => ({
    code: 'usage',
    message: `--${option} describes a file that is named with --artifact, and there is none.`,
    remedy: 'Add --artifact <path>; without it, what the steps made is registered with what they recorded.',
  }),
  artifactRemote: (address: string): Problem => ({
    code: 'artifact-remote',
    message: `${address} is not on this disk; only files are registered yet.`,
    remedy: 'Download the file first and name its path.',
  }),
  oneModel: (): Problem => ({
    code: 'usage',
    message: '--artifact is the file of one model, so exactly one must be named.',
    remedy: 'Write it as: model-gitops register <model> --artifact <path>',
  }),
  scanMissing: (path: string): Problem => ({
    code: 'file-missing',
    message: `There is no file and no folder ${path}.`,
    remedy: 'Name a model file, or a folder of them.',
    file: path,
  }),
  tableTwice: (): Problem => ({
    code: 'usage',
    message: 'validate takes one table: a file, a folder, a glob in quotes, or - for standard input.',
    remedy: 'Put a glob in quotes, so that the shell leaves it whole: "data/*.csv".',
  }),
  dateColumn: (column: string, path: string, known: readonly string[]): Problem => ({
    code: 'column-missing',
    message: `${path} has no column ${column}, which --parse-dates names.`,
    remedy: `It has: ${known.slice(0, 20).join(', ')}${known.length > 20 ? ` and ${known.length - 20} more` : ''}.`,
  }),
  outIsAFile: (path: string): Problem => ({
    code: 'out-not-a-folder',
    message: `${path} is a file, and --out names the folder to write into.`,
    remedy: 'Name a folder; it is made where it is not there.',
    file: path,
  }),
  dataWithout: (option: string): Problem => ({
    code: 'usage',
    message: `--${option} is for a table, and none was named.`,
    remedy: 'Name a file, a folder, a glob, or - for standard input; without data the configured models are validated.',
  }),
  suiteMissing: (path: string): Problem => ({
    code: 'suite-missing',
    message: `There is no expectation suite at ${path}.`,
    remedy: 'Correct the path, or write one with "model-gitops validate <data> --save <file>".',
    file: path,
  }),
  noExpectations: (path: string): Problem => ({
    code: 'suite-missing',
    message: `${path} names no suite under "data.expect".`,
    remedy: 'Add it there, or name the file of the suite itself.',
    file: path,
  }),
  saveWithSuite: (): Problem => ({
    code: 'usage',
    message: '--save writes a suite that the data suggests; with --suite there is one already.',
    remedy: 'Leave one of the two out.',
  }),
  noCommand: (): Problem => ({
    code: 'usage',
    message: 'run needs a command after --.',
    remedy: 'Write it as: model-gitops run -- python train.py',
  }),
};
