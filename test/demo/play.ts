import type { Narrator } from './narrator.ts';
import type { Scene } from './scene.ts';
import { must } from './step-failure.ts';
import type { ActionAnswer, WorkflowRun } from './workflow.ts';

/** 0.98 -> `98.0 %`. */
export const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

interface Asked {
  readonly step: string;
  readonly action: string;
  readonly inputs?: Readonly<Record<string, string>>;
  /** The last one that was started, when not told otherwise. */
  readonly run?: WorkflowRun;
}

/** Runs an action of the workflow, and remembers its document as `step`. */
export async function act(scene: Scene, { step, action, inputs, run }: Asked): Promise<ActionAnswer> {
  const answer = await (run ?? scene.lastRun()).act(action, inputs);
  scene.results.push({ step, exitCode: answer.exitCode, document: answer.document });
  return answer;
}

/** Runs an action, shows its summary, and insists on what it should answer. */
export async function actOut<Document>(
  scene: Scene,
  narrator: Narrator,
  asked: Asked & { readonly expected?: 'pass' | 'fail' },
): Promise<Document> {
  const { action, expected = 'pass' } = asked;
  const answer = await act(scene, asked);
  await narrator.show(`${action}.md`, answer.summary);
  must(
    answer.outputs.outcome === expected,
    `${action} answered ${answer.outputs.outcome}, not ${expected}: ${answer.outputs.summary}`,
  );
  must(
    (answer.exitCode === 0) === (expected === 'pass'),
    `${action} ended with exit code ${answer.exitCode} on ${expected}`,
  );
  return answer.document as Document;
}

/** The steps before evaluation, where the story does not stop at each; answers whether the training was reused. */
export async function prepare(scene: Scene, name: string): Promise<boolean> {
  const actions = ['validate-data', 'engineer-features', 'train-model'] as const;
  let reused = false;
  for (const action of actions) {
    const { exitCode, outputs } = await act(scene, { step: `${name}-${action}`, action });
    must(exitCode === 0, `${action} stopped before the gates: ${outputs.summary}`);
    reused = outputs.reused === 'true';
  }
  return reused;
}

/** Runs a verb, shows what the terminal shows, and gives its document. */
export async function ask<Document>(
  scene: Scene,
  narrator: Narrator,
  verb: string,
  ...args: readonly string[]
): Promise<Document> {
  const text = await scene.cli([verb, ...args]);
  await narrator.show(`${verb}.txt`, `$ model-gitops ${[verb, ...args].join(' ')}\n${text.text}`);
  const json = await scene.cli([verb, ...args, '--json']);
  must(
    text.exitCode === 0 && json.exitCode === 0,
    `${verb} ended with exit code ${text.exitCode}: ${text.text}${text.progress}`,
  );
  const document = JSON.parse(json.text) as Document;
  scene.results.push({ step: verb, exitCode: json.exitCode, document });
  return document;
}
