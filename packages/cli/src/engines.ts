import { engineLoader } from '@model-gitops/host';
import { onnxModelRunner } from '@model-gitops/inference';
import type { DataEngine, ModelRunner } from '@model-gitops/lifecycle';
import { duckdbEngine } from '@model-gitops/tables';
import type { Call } from './verb.ts';

/** The engines for files outside of any repository: nothing is asked of Git. */
export function openEngines({ from, environment, terminal }: Call): {
  readonly engine: DataEngine;
  readonly models: ModelRunner;
} {
  const loadEngine = engineLoader({ from, environment, onProgress: terminal.onLine });
  return { engine: duckdbEngine({ loadEngine }), models: onnxModelRunner({ loadEngine }) };
}
