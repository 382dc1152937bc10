export {
  type EvaluateFilesPorts,
  type EvaluateFilesRequest,
  type EvaluateOnnx,
  type EvaluatePredictions,
  evaluateFiles,
  type NamedTable,
} from './evaluate-files.ts';
export { type EvaluationPorts, type EvaluationRequest, evaluateModel } from './evaluate-model.ts';
