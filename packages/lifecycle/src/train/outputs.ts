import type { ModelConfig, Position } from '../config/types.ts';
import type { Workspace } from '../ports/index.ts';
import { positionOf } from '../position-of.ts';
import { ProblemError } from '../problem.ts';
import { trainProblems } from './problems.ts';

type Output = 'model' | 'metrics';

/** Where model.yaml names an output. */
export function whereOutput(config: ModelConfig, output: Output): Position | undefined {
  return positionOf(config, `train.outputs.${output}`, 'train.outputs', 'train');
}

function outputsOf({ train }: ModelConfig): readonly (readonly [Output, string])[] {
  const { model, metrics } = train?.outputs ?? {};
  const named = [['model', model] as const, ['metrics', metrics] as const];
  return named.flatMap(([output, path]) => (path === undefined ? [] : [[output, path] as const]));
}

function inputsOf({ file, data, features, train }: ModelConfig): readonly (string | undefined)[] {
  return [file, data.train?.pattern, data.test.pattern, data.expect, features.sql, ...(train?.locks ?? [])];
}

/** Outputs are deleted before the command runs: they must be files, and nobody else's. Problems: `output-is-input`, `output-is-folder`. */
export async function checkOutputs(config: ModelConfig, workspace: Workspace): Promise<void> {
  const others = inputsOf(config);
  const paths = outputsOf(config).map(([, path]) => path);
  for (const [output, path] of outputsOf(config)) {
    const where = whereOutput(config, output);
    const isShared = others.includes(path) || paths.indexOf(path) !== paths.lastIndexOf(path);
    if (isShared) throw new ProblemError(trainProblems.outputIsInput(path, where));
    const found = await workspace.measure(path);
    if (found?.kind === 'directory') throw new ProblemError(trainProblems.outputIsFolder(path, where));
  }
}

export async function removeOutputs(config: ModelConfig, workspace: Workspace): Promise<void> {
  for (const [, path] of outputsOf(config)) await workspace.remove(path);
}
