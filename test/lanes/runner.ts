import { delimiter, dirname, join } from 'node:path';
import { installNode, repositoryRoot, runProgram } from '@model-gitops/tools';
import { type Lane, runLane } from './lane.ts';

// GitHub's runners start actions with another Node than the one that people have here: the built actions and the story, on it.

function play(node: string, ...words: readonly string[]) {
  const environment = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` };
  return runProgram({ command: node, arguments: [...words], folder: repositoryRoot, environment });
}

async function playAll(lane: Lane, node: string): Promise<void> {
  const version = await play(node, '--version');
  lane.claim(`it is ${version.stdout.trim()}`, version.stdout.startsWith('v24.'), version.stdout + version.stderr);
  const story = await play(node, '--import', 'tsx', 'test/demo/main.ts');
  lane.claim('the whole life is told', story.code === 0, story.stdout + story.stderr);
  const vitest = join(repositoryRoot, 'node_modules', 'vitest', 'vitest.mjs');
  const doors = await play(node, vitest, 'run', '--project', 'door', 'test/doors/actions');
  lane.claim('the tests of the built actions pass', doors.code === 0, doors.stdout + doors.stderr);
}

await runLane(async (lane) => {
  const node = await installNode(repositoryRoot);
  if (node.isThere) await playAll(lane, node.path);
  else lane.skip('the Node of the runners', node.why);
});
