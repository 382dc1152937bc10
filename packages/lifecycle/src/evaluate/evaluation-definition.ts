import { digestOfValue } from '@model-gitops/registry';
import type { ModelConfig } from '../config/types.ts';

/** Digest of all in model.yaml that the figures of an evaluation depend on, besides the model and its test rows: other words, other figures. */
export function evaluationDefinition({ features, evaluate }: ModelConfig): string {
  const { target, columns, sensitive } = features;
  return digestOfValue({ target, columns, sensitive, evaluate });
}
