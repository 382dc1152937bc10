import type { Position } from '../config/types.ts';
import { nearestName } from '../nearest-name.ts';
import type { Problem } from '../problem.ts';

function some(names: readonly string[]): string {
  const shown = names.slice(0, 20).join(', ');
  return names.length > 20 ? `${shown} and ${names.length - 20} more` : shown || 'none';
}

/** What the features step can refuse, and what can be wrong with what it made, in one table. */
export const featureProblems = {
  sqlMissing: (path: string, where: Position | undefined): Problem => ({
    code: 'features-sql-missing',
    message: `There is no file ${path}.`,
    remedy: 'Write one SELECT over the table "input" into it, or correct "features.sql" in model.yaml.',
    ...(where ?? { file: path }),
  }),
  sqlEmpty: (path: string): Problem => ({
    code: 'features-sql-empty',
    message: `${path} holds no SQL.`,
    remedy: 'Write one SELECT over the table "input" into it.',
    file: path,
  }),
  commandFailed: (command: string, exitCode: number, lines: readonly string[]): Problem => ({
    code: 'features-run-failed',
    message: `"${command}" ended with exit code ${exitCode}.\n${lines.join('\n')}`,
    remedy: 'Run the command by itself in the folder of model.yaml; MODEL_GITOPS_TRAIN, _TEST and _FEATURES are set.',
  }),
  notWritten: (path: string, command: string, where: Position | undefined): Problem => ({
    code: 'features-not-written',
    message: `"${command}" ended well, but did not write ${path}.`,
    remedy: 'Write one file a table to the folder in MODEL_GITOPS_FEATURES, in the format that "features.format" says.',
    ...(where ?? { file: path }),
  }),
  empty: (path: string, from: string): Problem => ({
    code: 'features-empty',
    message: `No row of ${from} came through.`,
    remedy: 'Look at the WHERE and JOIN of the query, or at the command that makes the features.',
    file: path,
  }),
  dataEmpty: (path: string): Problem => ({
    code: 'data-empty',
    message: `${path} has no rows.`,
    remedy: 'Look at what wrote it.',
    file: path,
  }),
  columnMissing: (
    column: string,
    { paths, names }: { readonly paths: readonly string[]; readonly names: readonly string[] },
    where: Position | undefined,
  ): Problem => {
    const nearest = nearestName(column, names);
    const lack = paths.length === 1 ? 'has' : 'have';
    return {
      code: 'column-missing',
      message: `${paths.join(' and ')} ${lack} no column ${column}${nearest === undefined ? '.' : `; did you mean "${nearest}"?`}`,
      remedy: `There are: ${some(names)}.`,
      ...(where ?? { file: paths[0] ?? '' }),
    };
  },
  missing: (model: string): Problem => ({
    code: 'features-missing',
    message: `${model} has features to be made, and no earlier step made them.`,
    remedy: 'Run the features step before ("engineer-features", or "model-gitops features").',
  }),
  stale: (model: string): Problem => ({
    code: 'features-stale',
    message: `The features of ${model} were made from other data or by another definition than those that are here now.`,
    remedy: 'Run the features step again.',
  }),
  changed: (path: string): Problem => ({
    code: 'features-changed',
    message: `${path} is not what the features step wrote: it was changed or deleted in between.`,
    remedy: 'Run the features step again.',
    file: path,
  }),
};
