import { nearestName } from '../nearest-name.ts';
import type { Problem } from '../problem.ts';

/** Where something is written in a suite. */
export interface SuitePosition {
  readonly file: string;
  readonly line: number;
}

function guess(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
}

/** What an expectation suite can get wrong, in one table. */
export const suiteProblems = {
  missing: (file: string): Problem => ({
    code: 'suite-missing',
    message: `There is no expectation suite at ${file}.`,
    remedy: 'Correct "data.expect" in model.yaml, or write one with "model-gitops validate <data> --save <file>".',
    file,
  }),
  empty: (file: string): Problem => ({
    code: 'suite-empty',
    message: `${file} holds no expectation, so nothing could fail.`,
    remedy: 'Write a first one with "model-gitops validate <data> --save <file>".',
    file,
    line: 1,
  }),
  malformed: (where: SuitePosition & { readonly column?: number }, why: string): Problem => ({
    code: 'suite-malformed',
    message: `The suite cannot be read: ${why}`,
    remedy: 'Write it as Great Expectations does: {"name": …, "expectations": [{"type": …, "kwargs": {…}}]}.',
    ...where,
  }),
  unknownType: (where: SuitePosition, type: string, known: readonly string[]): Problem => ({
    code: 'expectation-unknown',
    message: `There is no expectation "${type}".${guess(type, known)}`,
    remedy: 'Use the name of a Great Expectations type, such as expect_column_values_to_not_be_null.',
    ...where,
  }),
  unknownKwarg: (where: SuitePosition, type: string, name: string, known: readonly string[]): Problem => ({
    code: 'expectation-kwarg-unknown',
    message: `${type} has no argument "${name}".${guess(name, known)}`,
    remedy: `It takes: ${known.join(', ')}.`,
    ...where,
  }),
  badKwarg: (where: SuitePosition, type: string, name: string, why: string): Problem => ({
    code: 'expectation-kwarg-unsuitable',
    message: `${type}${name === '' ? '' : `, argument "${name}"`}: ${why}`,
    remedy: 'Correct the argument; the names and values are those of Great Expectations 1.x.',
    ...where,
  }),
  parameter: (where: SuitePosition, name: string): Problem => ({
    code: 'suite-parameter',
    message: `The suite parameter "${name}" has no value.`,
    remedy: 'Give it one under "suite_parameters" in the suite, or write the value itself.',
    ...where,
  }),
};
