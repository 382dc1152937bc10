// The life of a model, told on real data with the built actions and the app, against a GitHub on loopback:
// `npm run demo`. Everything that it makes is in .demo/.

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dumpScene } from './dump.ts';
import { createNarrator, type Narrator } from './narrator.ts';
import { parseOptions, usage } from './options.ts';
import { createScene, type Scene } from './scene.ts';
import { StepFailure } from './step-failure.ts';
import { story } from './story.ts';

const home = fileURLToPath(new URL('../..', import.meta.url));

interface Failure {
  readonly step: string;
  readonly message: string;
}

async function tell(scene: Scene, narrator: Narrator): Promise<Failure | null> {
  for (const { name, sentence, play } of story) {
    narrator.chapter(name, sentence);
    try {
      narrator.done(await play(scene, narrator));
    } catch (thrown) {
      if (!(thrown instanceof StepFailure)) throw thrown;
      return { step: name, message: thrown.message };
    }
  }
  return null;
}

/** What is left for people and programs. */
async function leave(scene: Scene, failure: Failure | null): Promise<void> {
  await scene.settled();
  await scene.keep('result.json', await dumpScene(scene, { failedStep: failure?.step ?? null }));
  await scene.keep('github.json', JSON.stringify(scene.github.dump(), null, 2));
  await scene.keep('app.log', scene.app.text());
}

async function main(argv: readonly string[]): Promise<number> {
  const options = parseOptions(argv);
  if (typeof options === 'string') {
    process.stderr.write(`demo: ${options}\n${usage}\n`);
    return 2;
  }
  const start = performance.now();
  const folder = join(home, '.demo');
  const scene = await createScene({ home, folder, options });
  let failure: Failure | null = null;
  try {
    failure = await tell(scene, createNarrator(join(folder, 'texts'), process.stdout));
    await leave(scene, failure);
  } finally {
    await scene.close();
  }
  if (failure !== null) {
    process.stderr.write(`\ndemo: step ${failure.step} failed: ${failure.message}\n`);
    return 1;
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  process.stdout.write(
    `\nThe whole life took ${seconds} s. In .demo/: texts/ as people see them, promotion.html, result.json, github.json.\n`,
  );
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
