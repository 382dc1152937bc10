import type { FileProblem } from './parsed.ts';

/** What can be wrong with a model file, in one table. */
export const fileProblems = {
  onnxDamaged: (what: string): FileProblem => ({
    code: 'onnx-damaged',
    message: `Not a whole ONNX model: ${what}.`,
    remedy: 'Export the model again and compare the size of the file after copying; Git LFS pointers must be fetched.',
  }),
};
