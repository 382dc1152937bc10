import type { Problem } from '@model-gitops/lifecycle';

/** What a command line can get wrong, in one table. */
export const cliProblems = {
  usage: (message: string, verb: string | null): Problem => ({
    code: 'usage',
    message: `${message.replace(/^error: /, '').replace(/\.$/, '')}.`,
    remedy: `See "model-gitops ${verb === null ? '--help' : `${verb} --help`}".`,
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
  noCommand: (): Problem => ({
    code: 'usage',
    message: 'run needs a command after --.',
    remedy: 'Write it as: model-gitops run -- python train.py',
  }),
};
