export { type OnnxModelRunnerOptions, onnxModelRunner } from './onnx-model-runner.ts';
