import { type CiLane, ciLanes } from './ci/lanes.ts';
import { type CiResult, renderResult, runCiLane } from './ci/run-ci-lane.ts';
import { repositoryRoot } from './repository-root.ts';
import { addTallies, renderTally } from './tally.ts';

// `.ci/run` runs every lane; `.ci/run pack pickle` some of them.
const wanted = process.argv.slice(2);
const known = ciLanes.map(({ name }) => name);
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`There is no lane ${unknown.join(', ')}. There are: ${known.join(', ')}.`);
  process.exit(2);
}
const chosen: readonly CiLane[] = ciLanes.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const results: CiResult[] = [];
for (const lane of chosen) results.push(await runCiLane(lane, repositoryRoot));
const total = addTallies(results);
console.log('\n── all lanes ──');
for (const result of results) console.log(renderResult(result));
console.log(renderTally(total));
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
