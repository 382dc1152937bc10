import { headBytes, identifyFormat, type ModelFormat } from '../identify-format.ts';
import { scanOnnx } from './scan-onnx.ts';
import type { ScanFinding, ScannedFile } from './verdict.ts';

export interface ModelFile {
  readonly path: string;
  /** Of the same bytes, measured by the caller. */
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

const runsCode: ReadonlySet<ModelFormat> = new Set(['pickle', 'joblib', 'pytorch', 'npy', 'npz', 'hdf5', 'keras']);

function notLookedInto(format: ModelFormat): ScanFinding {
  const what = runsCode.has(format)
    ? 'loading this format can run code, and this version does not look inside it: load it only if you trust its maker'
    : 'this version does not look inside this format';
  return { rule: 'format-not-scanned', severity: 'warning', where: 'file', what: `${format}: ${what}` };
}

/**
 * What a model file could do to whoever loads it. Nothing is executed, imported or unpickled. ONNX is read through;
 * every other format is `unscannable` here and says so: not knowing is never `safe`.
 */
export function scanModel({ path, sha256, bytes }: ModelFile): ScannedFile {
  const format = identifyFormat(bytes.subarray(0, headBytes), path);
  if (format === 'onnx') return { path, format, sha256, ...scanOnnx(bytes) };
  const verdict = 'unscannable';
  if (bytes.length === 0)
    return {
      path,
      format,
      sha256,
      verdict,
      findings: [{ rule: 'file-empty', severity: 'critical', where: 'file', what: 'the file is empty' }],
    };
  return { path, format, sha256, verdict, findings: [notLookedInto(format)] };
}
