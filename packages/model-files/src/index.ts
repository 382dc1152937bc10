export { headBytes, identifyFormat, type ModelFormat } from './identify-format.ts';
export { type OnnxModel, type OperatorSet, readOnnx } from './onnx/read-onnx.ts';
export { compareSignatures, type ModelSignature, type SignatureValue, signatureOf } from './onnx/signature.ts';
export type { OnnxValue } from './onnx/value-info.ts';
export type { ExternalTensor, Operator } from './onnx/walk-graph.ts';
export type { FileProblem, Read } from './parsed.ts';
export { type ModelFile, scanModel } from './scan/scan-model.ts';
export {
  type ScanFinding,
  type ScannedFile,
  type ScanVerdict,
  scannerVersion,
  worstScanVerdict,
} from './scan/verdict.ts';
