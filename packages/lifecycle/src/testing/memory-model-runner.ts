import type { ModelRunner, Tensor, TensorInfo } from '../ports/model-runner.ts';
import { type Problem, ProblemError } from '../problem.ts';

/** A model as a plain function. `problem` is what loading or running it answers instead. */
export interface MemoryModel {
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  readonly compute: (inputs: Readonly<Record<string, Tensor>>) => Readonly<Record<string, Tensor>>;
}

function problem(code: string, message: string, remedy: string): Problem {
  return { code, message, remedy };
}

function checkInputs(declared: readonly TensorInfo[], given: Readonly<Record<string, Tensor>>): void {
  for (const { name, type, shape } of declared) {
    const tensor = given[name];
    const isRightShape =
      tensor?.shape.length === shape.length &&
      shape.every((size, index) => size === null || size === tensor.shape[index]);
    if (tensor?.type === type && isRightShape && tensor.data.length === tensor.shape.reduce((a, b) => a * b, 1))
      continue;
    const message = `The model refused its inputs: ${name} is not ${type} [${shape.join(', ')}].`;
    throw new ProblemError(problem('model-run-failed', message, 'Hand over what the model declares.'));
  }
}

/** Models by path; anything else is `model-unreadable`. Outputs of type null are refused as the real engine refuses ZipMap. */
export function memoryModelRunner(models: Readonly<Record<string, MemoryModel>>): ModelRunner {
  return {
    async load(path) {
      const model = models[path];
      if (model === undefined)
        throw new ProblemError(
          problem('model-unreadable', `No model in memory at ${path}.`, 'Name one that is there.'),
        );
      const { inputs, outputs, compute } = model;
      const unreadable = outputs.filter(({ type }) => type === null).map(({ name }) => name);
      return {
        inputs,
        outputs,
        async run(given) {
          if (unreadable.length > 0)
            throw new ProblemError(
              problem('unsupported-output', `${unreadable.join(', ')} is no tensor.`, "options={'zipmap': False}"),
            );
          checkInputs(inputs, given);
          return compute(given);
        },
        close: async () => undefined,
      };
    },
  };
}
