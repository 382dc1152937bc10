import semver from 'semver';
import { canonicalJson } from './digest.ts';
import { compareVersionNumbers } from './names.ts';
import type { VersionRecord } from './record.ts';

/** What of a version decides the number of the next one. */
export interface VersionFacts {
  readonly signature: unknown;
  readonly features: { readonly definition: string | null; readonly columns: readonly string[] };
  readonly code: string | null;
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
}

export type VersionChange = 'first' | 'major' | 'minor' | 'patch';

export function versionFactsOf(record: VersionRecord): VersionFacts {
  const { signature, features, training } = record;
  return { signature, features, code: training.code, parameters: training.parameters };
}

function differ(a: unknown, b: unknown): boolean {
  return canonicalJson(a ?? null) !== canonicalJson(b ?? null);
}

/** Major when the signature changes, minor when features, code or parameters change, patch when only data (or nothing we know of) does. */
export function changeBetween(previous: VersionFacts | null, next: VersionFacts): VersionChange {
  if (previous === null) return 'first';
  if (differ(previous.signature, next.signature)) return 'major';
  const minor =
    differ(previous.features, next.features) ||
    differ(previous.code, next.code) ||
    differ(previous.parameters, next.parameters);
  return minor ? 'minor' : 'patch';
}

/** The number after all `taken` ones; 1.0.0 for a first. Numbers taken by tags without a record count as taken. */
export function nextVersion(taken: readonly string[], change: VersionChange): string {
  const highest = [...taken].sort(compareVersionNumbers).at(-1);
  if (highest === undefined) return '1.0.0';
  return new semver.SemVer(highest).inc(change === 'first' ? 'patch' : change).version;
}
