import { checks } from './checks/index.ts';
import { renderCheck, runCheck } from './checks/run-checks.ts';
import { repositoryRoot } from './repository-root.ts';
import { renderTally } from './tally.ts';

// `npm run check` asks everything; `npm run check -- lint` only the checks whose names begin so.
const wanted = process.argv.slice(2);
const chosen = checks.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.startsWith(word)));
if (chosen.length === 0) {
  console.error(`No check is named so. There are:\n${checks.map(({ name }) => `  ${name}`).join('\n')}`);
  process.exit(2);
}
let failed = 0;
for (const check of chosen) {
  const result = await runCheck(check, repositoryRoot);
  console.log(renderCheck(result));
  if (result.found.length > 0) failed += 1;
}
console.log(renderTally({ passed: chosen.length - failed, failed, skipped: 0 }));
process.exitCode = failed === 0 ? 0 : 1;
