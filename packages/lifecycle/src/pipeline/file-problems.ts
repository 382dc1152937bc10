import type { Problem } from '../problem.ts';

/** Files that a command line names and that do not hold what they should. */
export const fileProblems = {
  missing: (file: string): Problem => ({
    code: 'file-missing',
    message: `There is no file ${file}.`,
    remedy: 'Name one that is there.',
    file,
  }),
  notJson: (file: string, why: string): Problem => ({
    code: 'file-not-json',
    message: `${file} is no JSON: ${why}.`,
    remedy: 'Write it as JSON.',
    file,
  }),
  notAnEvaluation: (file: string): Problem => ({
    code: 'not-an-evaluation',
    message: `${file} is no evaluation (schema model-gitops/evaluate/1).`,
    remedy: 'Write one with "model-gitops evaluate … --json", or use --metrics for figures of your own.',
    file,
  }),
  notFigures: (file: string, why: string): Problem => ({
    code: 'not-figures',
    message: `${file} should be an object of figures by name, but ${why}.`,
    remedy: 'Write it as {"accuracy": 0.93, "f1": 0.91}.',
    file,
  }),
};
