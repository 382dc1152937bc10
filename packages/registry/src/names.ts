import semver from 'semver';
import { type Parsed, parsed, refused } from './parsed.ts';
import { formatProblems } from './problems.ts';

const modelName = /^[a-z0-9][a-z0-9_-]{0,63}$/;
const environmentName = /^[a-z][a-z0-9_-]{0,63}$/;
/** Files of these names cannot exist on Windows, and a model is a folder there. */
const windowsDevice = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])$/;
/** What gates see of a candidate. An environment's name is a root too, with the same roots below it. */
export const gateRoots = [
  'metrics',
  'reported',
  'fairness',
  'performance',
  'model',
  'data',
  'scan',
  'evidence',
] as const;

/** Otherwise `production.metrics.accuracy` would be ambiguous, now or when slices are a root. */
const reservedEnvironments: ReadonlySet<string> = new Set(['archived', ...gateRoots, 'slices', 'constructor']);

/** A model's name: `^[a-z0-9][a-z0-9_-]{0,63}$` and not a Windows device. ASCII and one case only, so that no two look alike. */
export function parseModelName(text: string): Parsed<string> {
  if (modelName.test(text) && !windowsDevice.test(text)) return parsed(text);
  return refused(formatProblems.modelName(text));
}

/** An environment's name; never `archived` and never a root that gates use. */
export function parseEnvironmentName(text: string): Parsed<string> {
  if (environmentName.test(text) && !windowsDevice.test(text) && !reservedEnvironments.has(text)) return parsed(text);
  return refused(formatProblems.environmentName(text));
}

/** A semantic version without build metadata; `v1.4.0` is read as `1.4.0`. */
export function parseVersion(text: string): Parsed<string> {
  const bare = text.startsWith('v') ? text.slice(1) : text;
  if (bare.length <= 64 && semver.parse(bare)?.version === bare) return parsed(bare);
  return refused(formatProblems.version(text));
}

/** The tag of a version, as GTO names a registration: `fraud@v1.4.0`. */
export function renderTagName(model: string, version: string): string {
  return `${model}@v${version}`;
}

/** The inverse of `renderTagName`; takes `refs/tags/…` as well. GTO's other tags (`!`, `#stage`) are not versions. */
export function parseTagName(text: string): Parsed<{ readonly model: string; readonly version: string }> {
  const name = text.startsWith('refs/tags/') ? text.slice('refs/tags/'.length) : text;
  const at = name.indexOf('@v');
  if (at < 0) return refused(formatProblems.tagName(text));
  const model = parseModelName(name.slice(0, at));
  const version = name.slice(at + 2).startsWith('v') ? null : parseVersion(name.slice(at + 2));
  if (!model.ok || !version?.ok) return refused(formatProblems.tagName(text));
  return parsed({ model: model.value, version: version.value });
}

/** The branch on which a promotion of one model to one environment is proposed. */
export function promotionBranch(model: string, environment: string): string {
  return `model-gitops/promote/${model}/${environment}`;
}

/** The orphan branch of events. */
export const ledgerBranch = 'model-gitops/ledger';

/** Negative when `a` is older than `b`, by precedence of semantic versions. */
export function compareVersionNumbers(a: string, b: string): number {
  return semver.compare(a, b);
}
