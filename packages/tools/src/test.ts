import { repositoryRoot } from './repository-root.ts';
import { addTallies, renderTally } from './tally.ts';
import { testLanes } from './tests/lanes.ts';
import { type LaneResult, renderLane, runLane } from './tests/run-lane.ts';

// `npm test` runs every lane; `npm test -- unit golden` some of them.
const wanted = process.argv.slice(2);
const known = testLanes.map(({ name }) => name);
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`There is no lane ${unknown.join(', ')}. There are: ${known.join(', ')}.`);
  process.exit(2);
}
const results: LaneResult[] = [];
for (const lane of testLanes) {
  if (wanted.length > 0 && !wanted.includes(lane.name)) continue;
  const result = await runLane(repositoryRoot, lane);
  console.log(renderLane(lane, result));
  results.push(result);
}
const total = addTallies(results);
console.log(renderTally(total));
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
