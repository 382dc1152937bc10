import { writeGenerated } from './generators/generated-files.ts';
import { generators } from './generators/index.ts';
import { repositoryRoot } from './repository-root.ts';

// `npm run build` writes all that is generated; `npm run build -- dist` one part of it.
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !generators.some((generator) => generator.name === name));
if (unknown.length > 0) {
  console.error(
    `Nothing generates ${unknown.join(', ')}. There are: ${generators.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(2);
}
for (const generator of generators) {
  if (wanted.length > 0 && !wanted.includes(generator.name)) continue;
  const start = performance.now();
  const changed = await writeGenerated(repositoryRoot, generator);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(
    `${generator.name}: ${changed.length === 0 ? 'as it was' : `${changed.length} files written`}  ${seconds} s`,
  );
  for (const path of changed) console.log(`  ${path}`);
}
