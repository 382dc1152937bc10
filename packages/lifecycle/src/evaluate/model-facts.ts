import {
  headBytes,
  identifyFormat,
  type ModelFormat,
  readOnnx,
  scanModel,
  scannerVersion,
  signatureOf,
} from '@model-gitops/model-files';
import type { ModelConfig } from '../config/types.ts';
import type { EvaluateDocument, TrainDocument } from '../documents.ts';
import type { Workspace } from '../ports/index.ts';
import { ProblemError } from '../problem.ts';
import { evaluationProblems } from './problems.ts';

export interface ModelFacts {
  readonly model: NonNullable<EvaluateDocument['model']>;
  readonly format: ModelFormat;
  readonly scan: NonNullable<EvaluateDocument['scan']>;
}

/** Where a configured model's bytes lie, and the digest they must have where a run wrote them. */
export function modelPath(config: ModelConfig, run: TrainDocument | null): { path: string; sha256: string | null } {
  const artifacts = run?.run?.artifacts ?? [];
  const made = artifacts.find(({ path }) => path === config.train?.outputs.model) ?? artifacts[0];
  if (made !== undefined) return { path: made.path, sha256: made.sha256 };
  if (config.model !== undefined) return { path: config.model, sha256: null };
  throw new ProblemError(evaluationProblems.notTrained(config.name));
}

/** What a model file is, without loading it: format, signature, scan. Problems: `model-missing`, `model-empty`, `model-changed` and `model-dangerous` (both refused). */
export async function readModelFacts(
  workspace: Pick<Workspace, 'readBytes' | 'measure'>,
  { path, sha256 }: { readonly path: string; readonly sha256: string | null },
): Promise<ModelFacts> {
  const measured = await workspace.measure(path);
  const bytes = measured?.kind === 'file' ? await workspace.readBytes(path) : null;
  if (measured === null || bytes === null) throw new ProblemError(evaluationProblems.noModelFile(path));
  if (measured.size === 0) throw new ProblemError(evaluationProblems.modelEmpty(path));
  if (sha256 !== null && sha256 !== measured.sha256)
    throw new ProblemError(evaluationProblems.modelChanged(path, sha256, measured.sha256), { kind: 'refused' });
  const format = identifyFormat(bytes.subarray(0, headBytes), path);
  const { verdict, findings } = scanModel({ path, sha256: measured.sha256, bytes });
  const [worst] = findings;
  if (verdict === 'dangerous')
    throw new ProblemError(evaluationProblems.modelDangerous(path, worst?.what ?? 'it is dangerous'), {
      kind: 'refused',
    });
  const onnx = format === 'onnx' ? readOnnx(bytes) : null;
  const signature = onnx?.ok ? signatureOf(onnx.value) : { inputs: [], outputs: [] };
  return {
    model: { path, format, sha256: measured.sha256, sizeBytes: measured.size, ...signature },
    format,
    scan: { verdict, scannerVersion, findings },
  };
}

/** What is registered is the one file, by its digest: weights beside it would be neither stored nor checked. Problem `model-external-data`. */
export function checkIsWhole({ model, scan }: ModelFacts): void {
  const outside = scan.findings.find(({ rule }) => rule === 'onnx-external-data');
  if (outside !== undefined) throw new ProblemError(evaluationProblems.externalData(model.path, outside.what));
}
