import { type Generator, writeGenerated } from './generators/generated-files.ts';
import { generators } from './generators/index.ts';
import { repositoryRoot } from './repository-root.ts';

// `npm run build` writes all that is generated; `npm run build -- dist` one part of it.

async function build(generator: Generator): Promise<boolean> {
  const start = performance.now();
  try {
    const changed = await writeGenerated(repositoryRoot, generator);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const what = changed.length === 0 ? 'as it was' : `${changed.length} files written`;
    console.log([`✓ ${generator.name}  ${what}  ${seconds} s`, ...changed].join('\n    '));
    return true;
  } catch (thrown) {
    console.error(`✗ ${generator.name}\n    ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : thrown}`);
    return false;
  }
}

const wanted = process.argv.slice(2);
const known = generators.map(({ name }) => name);
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`Nothing generates ${unknown.join(', ')}. There are: ${known.join(', ')}.`);
  process.exit(2);
}
for (const generator of generators) {
  if (wanted.length > 0 && !wanted.includes(generator.name)) continue;
  if (!(await build(generator))) process.exitCode = 1;
}
