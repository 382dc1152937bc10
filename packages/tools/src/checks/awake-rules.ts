import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { copyRepository } from '../repository-copy.ts';
import type { Check } from './check.ts';
import { type Breach, listBreaches } from './import-rules.ts';
import { type LintFinding, lintFindings } from './lint.ts';
import { type PlantedBreach, plantedBreaches, plantedGlobals } from './planted-breaches.ts';

const rooms = ['statistics', 'registry', 'model-files', 'lifecycle'];

interface PlantedGlobal {
  readonly name: string;
  readonly path: string;
  readonly text: string;
}

const globalsToPlant: readonly PlantedGlobal[] = rooms.flatMap((room) =>
  Object.entries(plantedGlobals).map(([name, text], index) => ({
    name,
    path: `packages/${room}/src/planted-global-${index}.ts`,
    text,
  })),
);

function plant(copy: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    writeFileSync(join(copy, path), text);
  }
}

/** Exactly its own rule, or what was seen instead. */
export function judgeBreach({ rule, path }: PlantedBreach, breaches: readonly Breach[]): readonly string[] {
  const fired = [...new Set(breaches.filter(({ from }) => from === path).map((breach) => breach.rule))];
  if (fired.length === 1 && fired[0] === rule) return [];
  return [`${path} breaks ${rule}, and ${fired.length === 0 ? 'no rule' : fired.join(', ')} fired`];
}

/** Rules that nobody has planted a breach of. */
export function unplantedRules(ruleNames: readonly string[]): readonly string[] {
  const planted = new Set(plantedBreaches.map(({ rule }) => rule));
  return ruleNames.filter((name) => !planted.has(name)).map((name) => `no breach of ${name} is planted`);
}

function judgeGlobal({ name, path }: PlantedGlobal, findings: readonly LintFinding[]): readonly string[] {
  const fired = findings.filter(
    (finding) => finding.path.endsWith(path) && ['plugin', 'lint/style/noRestrictedGlobals'].includes(finding.category),
  );
  return fired.length > 0 ? [] : [`${path} uses ${name}, and the linter said nothing`];
}

function ruleNames(root: string): readonly string[] {
  const config = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as {
    forbidden: { name: string }[];
  };
  return config.forbidden.map(({ name }) => name);
}

/** A rule that never fires is worse than none: each is shown a breach, in a copy. */
export const awakeRules: Check = {
  name: 'rules are awake',
  mend: 'See .dependency-cruiser.cjs, biome.json and packages/tools/src/checks/planted-breaches.ts.',
  async find(root) {
    const copy = join(root, '.scratch', 'planted');
    copyRepository(root, copy);
    try {
      for (const { path, text, beside = {} } of plantedBreaches) plant(copy, { [path]: text, ...beside });
      const breaches = await listBreaches(copy);
      for (const { path, text } of globalsToPlant) plant(copy, { [path]: text });
      const findings = await lintFindings(
        copy,
        globalsToPlant.map(({ path }) => path),
      );
      return [
        ...plantedBreaches.flatMap((breach) => judgeBreach(breach, breaches)),
        ...unplantedRules(ruleNames(root)),
        ...globalsToPlant.flatMap((planted) => judgeGlobal(planted, findings)),
      ];
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  },
};
