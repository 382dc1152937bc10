import type { EvaluateDocument, GateResult } from '../documents.ts';

/** What evaluating bytes gave, with one gate that says `passed`. */
export function evaluated(passed: boolean, sha256 = 'a'.repeat(64)): EvaluateDocument {
  const gate: GateResult = {
    if: 'metrics.accuracy > 0.9',
    passed,
    state: passed ? 'passed' : 'failed',
    level: 'error',
    reason: '0.95',
  };
  return {
    schema: 'model-gitops/evaluate/1',
    outcome: passed ? 'pass' : 'fail',
    task: 'binary',
    rows: 10,
    metrics: { accuracy: 0.95, roc_auc: 'NaN' },
    intervals: {},
    fairness: {},
    slices: {},
    notes: {},
    gates: [gate],
    model: { path: 'm', format: 'onnx', sha256, sizeBytes: 3, inputs: [], outputs: [] },
    performance: { rowsPerSecond: 1, p50Ms: 1, p95Ms: 2 },
  };
}
