import type { Problem } from '@model-gitops/lifecycle';

function sentence(cause: unknown, path?: string): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  const named = path === undefined ? text : text.replaceAll(path, nameOf(path));
  return named.replace(/\s+/g, ' ').slice(0, 500);
}

function nameOf(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}

/** What running a model can refuse, in one table. */
export const inferenceProblems = {
  engineMissing: (): Problem => ({
    code: 'engine-missing',
    message: 'ONNX Runtime (onnxruntime-node) is not installed here, so no model can be run.',
    remedy: 'Run "npm install onnxruntime-node" beside model-gitops, or "model-gitops engines install".',
  }),
  modelMissing: (path: string): Problem => ({
    code: 'model-missing',
    message: `There is no model file ${nameOf(path)}.`,
    remedy: 'Train first, or correct the path of the model.',
  }),
  modelUnreadable: (path: string, cause: unknown): Problem => ({
    code: 'model-unreadable',
    message: `ONNX Runtime cannot load ${nameOf(path)}: ${sentence(cause, path)}`,
    remedy: 'Export the model again, with an operator set that ONNX Runtime 1.30 knows (up to 24).',
  }),
  runFailed: (cause: unknown): Problem => ({
    code: 'model-run-failed',
    message: `The model refused its inputs: ${sentence(cause)}`,
    remedy: 'Compare names, types and shapes of the inputs with what the model declares.',
  }),
  unsupportedOutput: (names: readonly string[]): Problem => ({
    code: 'unsupported-output',
    message: `The model's output ${names.join(', ')} is a sequence of maps (ZipMap), which cannot be read.`,
    remedy: "Export without it: convert_sklearn(model, …, options={'zipmap': False}); then scores are one tensor.",
  }),
  unsupportedTensor: (name: string, type: string): Problem => ({
    code: 'unsupported-tensor',
    message: `Tensors of type ${type} (${name}) cannot be handed to a model or read from one.`,
    remedy: 'Export the model with float32, int64 or string inputs and outputs.',
  }),
};
