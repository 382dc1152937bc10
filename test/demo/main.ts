// The life of a model, told on real data with the built actions: `npm run demo`. Everything that it makes is in .demo/.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dumpScene } from './dump.ts';
import { createNarrator } from './narrator.ts';
import { parseOptions, usage } from './options.ts';
import { createScene } from './scene.ts';
import { StepFailure } from './step-failure.ts';
import { story } from './story.ts';

const home = fileURLToPath(new URL('../..', import.meta.url));

async function main(argv: readonly string[]): Promise<number> {
  const options = parseOptions(argv);
  if (typeof options === 'string') {
    process.stderr.write(`demo: ${options}\n${usage}\n`);
    return 2;
  }
  const start = performance.now();
  const folder = join(home, '.demo');
  const scene = await createScene({ home, folder, options });
  const narrator = createNarrator(join(folder, 'texts'), process.stdout);
  let failure: StepFailure | null = null;
  for (const step of story) {
    narrator.chapter(step.name, step.sentence);
    try {
      narrator.done(await step.play(scene, narrator));
    } catch (thrown) {
      if (!(thrown instanceof StepFailure)) throw thrown;
      failure = thrown;
    }
    if (failure !== null) {
      await writeFile(join(folder, 'result.json'), await dumpScene(scene, { failedStep: step.name }));
      process.stderr.write(`\ndemo: step ${step.name} failed: ${failure.message}\n`);
      return 1;
    }
  }
  await writeFile(join(folder, 'result.json'), await dumpScene(scene, { failedStep: null }));
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  process.stdout.write(
    `\nThe whole life took ${seconds} s. The texts and the state are in .demo/: texts/, result.json.\n`,
  );
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
