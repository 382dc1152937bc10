import type { OnnxModel } from './read-onnx.ts';
import type { OnnxValue } from './value-info.ts';

export interface SignatureValue {
  readonly name: string;
  /** `float32`, `string` …; the kind (`sequence`, `map`) for what is no tensor. */
  readonly type: string;
  /** null for a free dimension: its name is decoration. */
  readonly shape: readonly (number | null)[] | null;
}

/** What callers of a model rely on. Another signature is another major version. */
export interface ModelSignature {
  readonly inputs: readonly SignatureValue[];
  readonly outputs: readonly SignatureValue[];
}

function signatureValue({ name, kind, type, shape }: OnnxValue): SignatureValue {
  const sizes = shape?.map((size) => (typeof size === 'number' ? size : null)) ?? null;
  return { name, type: type ?? kind, shape: sizes };
}

/** Names, types and fixed dimensions, in the model's order: what its callers see, and nothing of how it computes. */
export function signatureOf(model: Pick<OnnxModel, 'inputs' | 'outputs'>): ModelSignature {
  return { inputs: model.inputs.map(signatureValue), outputs: model.outputs.map(signatureValue) };
}

/** What differs for a caller, one sentence a difference; empty: the same signature. */
export function compareSignatures(before: ModelSignature, after: ModelSignature): readonly string[] {
  return [
    ...compareSide('input', before.inputs, after.inputs),
    ...compareSide('output', before.outputs, after.outputs),
  ];
}

function compareSide(
  side: string,
  before: readonly SignatureValue[],
  after: readonly SignatureValue[],
): readonly string[] {
  const length = Math.max(before.length, after.length);
  return Array.from({ length }, (_, index) => difference(side, before[index], after[index])).flat();
}

function difference(side: string, before: SignatureValue | undefined, after: SignatureValue | undefined): string[] {
  if (before === undefined) return [`new ${side} ${renderValue(after)}`];
  if (after === undefined) return [`${side} ${renderValue(before)} is gone`];
  const [was, is] = [renderValue(before), renderValue(after)];
  return was === is ? [] : [`${side} ${was} is now ${is}`];
}

function renderValue(value: SignatureValue | undefined): string {
  if (value === undefined) return '';
  const shape = value.shape === null ? '' : `[${value.shape.map((size) => size ?? '?').join(', ')}]`;
  return `${value.name}: ${value.type}${shape}`;
}
