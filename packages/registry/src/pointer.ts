import { compareVersionNumbers, parseVersion } from './names.ts';
import { type Parsed, parsed, refused } from './parsed.ts';
import { formatProblems } from './problems.ts';

/** What an environment wants: the two lines of `registry/<model>/<environment>.yaml`. */
export interface Pointer {
  readonly version: string;
  /** `sha256:<64 hex digits>` */
  readonly digest: string;
}

export function renderPointer(pointer: Pointer): string {
  return `version: ${pointer.version}\ndigest: ${pointer.digest}\n`;
}

/** Exactly two lines and nothing else: a number, a quote or a comment would be read differently by other YAML readers. */
export function parsePointer(text: string): Parsed<Pointer> {
  const lines = /^version: (\S+)\r?\ndigest: (sha256:[0-9a-f]{64})\r?\n?$/.exec(text);
  const version = parseVersion(lines?.[1] ?? '');
  const digest = lines?.[2];
  if (digest === undefined) return refused(formatProblems.pointer('it does not have exactly the two lines'));
  if (!version.ok || lines?.[1] !== version.value) return refused(formatProblems.pointer('the version is none'));
  return parsed({ version: version.value, digest });
}

/** `registry/fraud/production.yaml`; `archived` instead of an environment for the list of archived versions. */
export function pointerPath(folder: string, model: string, environment: string): string {
  return `${folder}/${model}/${environment}.yaml`;
}

/** The versions that nobody may promote any more: `registry/<model>/archived.yaml`. */
export function renderArchive(versions: readonly string[]): string {
  const sorted = [...new Set(versions)].sort(compareVersionNumbers);
  return sorted.length === 0 ? 'archived: []\n' : `archived:\n${sorted.map((v) => `  - ${v}\n`).join('')}`;
}

export function parseArchive(text: string): Parsed<readonly string[]> {
  if (/^archived: \[\]\r?\n?$/.test(text)) return parsed([]);
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
  if (lines.shift() !== 'archived:') return refused(formatProblems.archive('the first line is not "archived:"'));
  const versions = lines.map((line) => parseVersion(/^ {2}- (\S+)$/.exec(line)?.[1] ?? ''));
  if (versions.length === 0 || versions.some((v) => !v.ok))
    return refused(formatProblems.archive('a line is no version'));
  return parsed(versions.flatMap((v) => (v.ok ? [v.value] : [])));
}
