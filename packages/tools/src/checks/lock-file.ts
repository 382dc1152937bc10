import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Check } from './check.ts';

interface LockEntry {
  readonly version?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly integrity?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

type Entries = Readonly<Record<string, LockEntry>>;

/** As Node looks for a package: beside the one that asks, then further up. */
function isLocked(entries: Entries, asking: string, name: string): boolean {
  for (let folder = asking; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const prefix = folder === '' ? '' : `${folder}/`;
    if (`${prefix}node_modules/${name}` in entries) return true;
    if (folder === '' || !folder.includes('node_modules')) return `node_modules/${name}` in entries;
  }
}

/** A registry that does not serve the packages of another platform leaves them out silently; `npm ci` then fails there. */
export function missingPlatforms(entries: Entries): readonly string[] {
  return Object.entries(entries).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !isLocked(entries, path, name))
      .map((name) => `${path || 'package.json'} may need ${name}, which the lock file lacks`),
  );
}

/** The lock file is for everyone: it names no registry, and every package has its digest. */
export function unlockedPackages(entries: Entries): readonly string[] {
  return Object.entries(entries).flatMap(([path, { resolved, integrity, link }]) => {
    if (!path.startsWith('node_modules/') || link === true) return [];
    const named = resolved?.match(/^\w+:\/\/([^/]+)/)?.[1];
    if (named !== undefined && named !== 'registry.npmjs.org') return [`${path} comes from ${named}`];
    return integrity?.startsWith('sha512-') ? [] : [`${path} has no sha512`];
  });
}

const platforms = ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64', 'win32-x64'];
/** Packages with a part of their own for each platform. */
const families: Readonly<Record<string, (platform: string) => string>> = {
  duckdb: (platform) => `@duckdb/node-bindings-${platform}`,
  biome: (platform) => `@biomejs/cli-${platform}`,
  esbuild: (platform) => `@esbuild/${platform}`,
};

export function missingFamilies(entries: Entries): readonly string[] {
  return Object.values(families).flatMap((nameOn) =>
    platforms
      .map((platform) => nameOn(platform))
      .filter((name) => !(`node_modules/${name}` in entries))
      .map((name) => `the lock file lacks ${name}`),
  );
}

export const lockFile: Check = {
  name: 'lock file',
  mend: 'npm install --package-lock-only, where the registry serves every platform; pin versions whose whole set is served.',
  async find(root) {
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Entries };
    return [...new Set([...missingPlatforms(packages), ...missingFamilies(packages), ...unlockedPackages(packages)])];
  },
};
