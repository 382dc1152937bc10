import { access } from 'node:fs/promises';
import {
  type LoadedModel,
  type ModelRunner,
  ProblemError,
  type Tensor,
  type TensorInfo,
} from '@model-gitops/lifecycle';
import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { inferenceProblems } from './problems.ts';
import { decodeTensor, encodeTensor, tensorType } from './tensor-conversion.ts';

type Engine = typeof import('onnxruntime-node');

export interface OnnxModelRunnerOptions {
  /** Finds an engine by its package name: the bundle never holds a native one. Rejects where it is not installed. */
  readonly loadEngine: (name: string) => Promise<unknown>;
}

/** One thread and sequential execution: sums are added in one order, so the same file gives the same scores. */
const sessionOptions: InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  executionProviders: ['cpu'],
  logSeverityLevel: 4,
};

/** A ModelRunner over onnxruntime-node 1.30, on the processor. The engine is loaded with the first model. */
export function onnxModelRunner({ loadEngine }: OnnxModelRunnerOptions): ModelRunner {
  return {
    async load(path) {
      const engine = await loadOnnxRuntime(loadEngine);
      const session = await openSession(engine, path);
      return loadedModel(engine, session);
    },
  };
}

async function loadOnnxRuntime(loadEngine: OnnxModelRunnerOptions['loadEngine']): Promise<Engine> {
  try {
    return (await loadEngine('onnxruntime-node')) as Engine;
  } catch (cause) {
    if (cause instanceof ProblemError) throw cause;
    throw new ProblemError(inferenceProblems.engineMissing(), { kind: 'could-not-run', cause });
  }
}

async function openSession(engine: Engine, path: string): Promise<InferenceSession> {
  try {
    await access(path);
  } catch (cause) {
    throw new ProblemError(inferenceProblems.modelMissing(path), { cause });
  }
  try {
    return await engine.InferenceSession.create(path, sessionOptions);
  } catch (cause) {
    throw new ProblemError(inferenceProblems.modelUnreadable(path, cause), { cause });
  }
}

function infoOf(value: InferenceSession.ValueMetadata): TensorInfo {
  if (!value.isTensor) return { name: value.name, type: null, shape: [] };
  const shape = value.shape.map((size) => (typeof size === 'number' && size >= 0 ? size : null));
  return { name: value.name, type: tensorType(value.type), shape };
}

function loadedModel(engine: Engine, session: InferenceSession): LoadedModel {
  const unreadable = session.outputMetadata.filter((value) => !value.isTensor).map(({ name }) => name);
  return {
    inputs: session.inputMetadata.map(infoOf),
    outputs: session.outputMetadata.map(infoOf),
    async run(inputs) {
      if (unreadable.length > 0) throw new ProblemError(inferenceProblems.unsupportedOutput(unreadable));
      const outputs = await runSession(engine, session, inputs);
      return Object.fromEntries(
        Object.entries(outputs).map(([name, tensor]) => [name, decodeTensor(name, tensor as OrtTensor)]),
      );
    },
    close: () => session.release(),
  };
}

async function runSession(engine: Engine, session: InferenceSession, inputs: Readonly<Record<string, Tensor>>) {
  try {
    const feeds = Object.entries(inputs).map(([name, tensor]) => [
      name,
      new engine.Tensor(tensor.type as 'string', encodeTensor(name, tensor) as string[], tensor.shape),
    ]);
    return await session.run(Object.fromEntries(feeds));
  } catch (cause) {
    if (cause instanceof ProblemError) throw cause;
    throw new ProblemError(inferenceProblems.runFailed(cause), { cause });
  }
}
