import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from './bench.ts';
import { benchEvaluate } from './evaluate.ts';
import { benchFolder } from './measure.ts';
import { benchRegistry } from './registry.ts';
import { renderFindings } from './render.ts';
import { benchStartup } from './startup.ts';
import { benchValidate } from './validate.ts';

// `npm run bench` measures all; `npm run bench -- startup registry` some. It fails where peers disagree, never for a time.

const benches: Readonly<Record<string, Bench>> = {
  startup: benchStartup,
  registry: benchRegistry,
  validate: benchValidate,
  evaluate: benchEvaluate,
};

async function measure(name: string, bench: Bench) {
  const findings = await bench();
  if ('skipped' in findings) console.log(`SKIP ${name}: ${findings.skipped}`);
  else for (const finding of findings) console.log(`${renderFindings(finding)}\n`);
  return findings;
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`Nothing measures ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`);
  process.exit(2);
}
const found: Record<string, unknown> = {};
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  try {
    found[name] = await measure(name, bench);
  } catch (thrown) {
    console.error(`✗ ${name}\n${thrown instanceof Error ? thrown.message : thrown}`);
    process.exitCode = 1;
  }
}
mkdirSync(benchFolder, { recursive: true });
writeFileSync(join(benchFolder, 'findings.json'), `${JSON.stringify(found, null, 1)}\n`);
