import type { EnginesLock, LockedEngine, LockedPackage } from './engines-lock.ts';

/** The packages that are loaded by name at run time. */
const roots = ['@duckdb/node-api', 'onnxruntime-node'];
/** Needed by an install script that downloads more; it is never run. */
const installOnly = new Set(['adm-zip', 'global-agent']);

interface LockEntry {
  readonly version?: string;
  readonly integrity?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
}

type Entries = Readonly<Record<string, LockEntry>>;

function entryOf(entries: Entries, name: string): LockEntry & { readonly version: string; readonly integrity: string } {
  const entry = entries[`node_modules/${name}`];
  if (entry?.version === undefined || entry.integrity?.startsWith('sha512-') !== true)
    throw new Error(`package-lock.json has no sha512 of ${name}: run "npm install" where the registry serves it.`);
  return { ...entry, version: entry.version, integrity: entry.integrity };
}

function namesNeeded(entries: Entries, name: string, found: Set<string>): Set<string> {
  if (installOnly.has(name) || found.has(name)) return found;
  found.add(name);
  const { dependencies = {}, optionalDependencies = {} } = entryOf(entries, name);
  for (const next of Object.keys({ ...dependencies, ...optionalDependencies })) namesNeeded(entries, next, found);
  return found;
}

function lockedPackage(entries: Entries, name: string): LockedPackage {
  const { version, integrity, os, cpu, libc } = entryOf(entries, name);
  const path = `${name}/-/${name.split('/').at(-1)}-${version}.tgz`;
  return { name, version, integrity, path, ...(os && { os }), ...(cpu && { cpu }), ...(libc && { libc }) };
}

function engineOf(entries: Entries, name: string): LockedEngine {
  const packages = [...namesNeeded(entries, name, new Set())].sort().map((needed) => lockedPackage(entries, needed));
  return { name, version: entryOf(entries, name).version, packages };
}

/** The text of engines-lock.json, from the text of the root package-lock.json. Short lists stay on their line, as the formatter wants them. */
export function renderEnginesLock(packageLockText: string): string {
  const { packages } = JSON.parse(packageLockText) as { readonly packages: Entries };
  const engines = roots.map((name) => engineOf(packages, name));
  const lock: EnginesLock = { schema: 'model-gitops/engines-lock/1', engines };
  const text = JSON.stringify(lock, null, 2);
  return `${text.replace(/\[\s+("[^\][{}]*")\s+\]/g, (_, items: string) => `[${items.replace(/\s+/g, ' ')}]`)}\n`;
}
