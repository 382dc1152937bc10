export { compareMetrics } from './compare-metrics.ts';
export {
  type EvaluateFilesPorts,
  type EvaluateFilesRequest,
  type EvaluateOnnx,
  type EvaluatePredictions,
  evaluateFiles,
  type NamedTable,
} from './evaluate-files.ts';
export { type EvaluationPorts, type EvaluationRequest, evaluateModel } from './evaluate-model.ts';
export { type ScoringRequest, scorePredictions } from './score-predictions.ts';
