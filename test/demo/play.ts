import type { Narrator } from './narrator.ts';
import type { Scene } from './scene.ts';
import { must } from './step-failure.ts';

/** 0.98 -> `98.0 %`. */
export const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
/** Where this team keeps model files. */
export const storeInput = (scene: Scene) => ({ store: `dir:${scene.store}` });

/** Runs an action, shows its summary, and insists on what it should answer. */
export async function actOut<Document>(
  scene: Scene,
  narrator: Narrator,
  asked: {
    readonly step: string;
    readonly action: string;
    readonly inputs?: Readonly<Record<string, string>>;
    readonly folder?: string;
    readonly expected?: 'pass' | 'fail';
  },
): Promise<Document> {
  const { step, action, inputs = {}, folder, expected = 'pass' } = asked;
  const run = await scene.act(step, action, inputs, folder);
  await narrator.show(`${action}.md`, run.summary);
  must(
    run.outputs.outcome === expected,
    `${action} answered ${run.outputs.outcome}, not ${expected}: ${run.outputs.summary}`,
  );
  must((run.exitCode === 0) === (expected === 'pass'), `${action} ended with exit code ${run.exitCode} on ${expected}`);
  return run.document as Document;
}

/** Runs a verb, shows what the terminal shows, and gives its document. */
export async function ask<Document>(
  scene: Scene,
  narrator: Narrator,
  verb: string,
  ...args: readonly string[]
): Promise<Document> {
  const text = scene.cli([verb, ...args]);
  await narrator.show(`${verb}.txt`, `$ model-gitops ${[verb, ...args].join(' ')}\n${text.text}`);
  const json = scene.cli([verb, ...args, '--json']);
  must(
    text.exitCode === 0 && json.exitCode === 0,
    `${verb} ended with exit code ${text.exitCode}: ${text.text}${text.progress}`,
  );
  const document = JSON.parse(json.text) as Document;
  scene.results.push({ step: verb, exitCode: json.exitCode, document });
  return document;
}
