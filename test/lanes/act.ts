import { join } from 'node:path';
import { installAct, repositoryRoot } from '@model-gitops/tools';
import { createStage } from '../workflows/stage.ts';
import { playStory } from '../workflows/story.ts';
import { runLane } from './lane.ts';

// The workflows of the example by a program that runs workflows, on a GitHub on loopback: what a team copies works.

await runLane(async (lane) => {
  const act = await installAct(repositoryRoot);
  if (!act.isThere) {
    lane.skip('workflows on this machine', act.why);
    return;
  }
  const stage = await createStage({
    home: repositoryRoot,
    folder: join(repositoryRoot, '.scratch', 'act'),
    act: act.path,
  });
  try {
    await playStory(lane, stage);
  } finally {
    await stage.close();
  }
});
