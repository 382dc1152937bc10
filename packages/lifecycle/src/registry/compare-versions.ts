import { canonicalJson, type VersionRecord } from '@model-gitops/registry';
import type { Figure } from '../documents.ts';
import type { CompareDocument, Difference } from './documents.ts';
import type { RegistryReader } from './ports.ts';
import { readRegistry } from './read-registry.ts';
import { parseReference, resolveVersion } from './resolve-version.ts';

type Compared = CompareDocument['metrics'][string];
/** Which of two figures of a metric is better, and whether the difference is more than noise. */
export type CompareMetric = (
  name: string,
  a: Figure,
  b: Figure,
  rows: { readonly a: number | null; readonly b: number | null },
) => Compared['judgement'];

/** The value of that name; a name that every object has (`valueOf`) is none of ours. */
function own<Value>(values: Readonly<Record<string, Value>>, name: string): Value | null {
  return Object.hasOwn(values, name) ? (values[name] ?? null) : null;
}

function differenceOf(a: Figure, b: Figure): Figure {
  return typeof a === 'number' && typeof b === 'number' ? b - a : null;
}

function compareMetrics(a: VersionRecord, b: VersionRecord, compareMetric: CompareMetric): Record<string, Compared> {
  const [left, right] = [a.evaluation.metrics, b.evaluation.metrics];
  const rows = { a: a.data.test?.rows ?? null, b: b.data.test?.rows ?? null };
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])].sort();
  return Object.fromEntries(
    names.map((name) => {
      const [one, two] = [own(left, name), own(right, name)];
      const judgement =
        typeof one === 'number' && typeof two === 'number' ? compareMetric(name, one, two, rows) : 'unknown';
      return [name, { a: one, b: two, difference: differenceOf(one, two), judgement }];
    }),
  );
}

function differ(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): Difference {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  const different = names.filter((name) => canonicalJson(own(a, name)) !== canonicalJson(own(b, name)));
  return Object.fromEntries(different.map((name) => [name, { a: own(a, name), b: own(b, name) }]));
}

function dataOf(record: VersionRecord): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record.data).map(([name, { sha256, rows }]) => [name, { sha256, rows }]));
}

function codeOf({ training, registered }: VersionRecord): Record<string, unknown> {
  return {
    commit: training.commit ?? registered.commit,
    code: training.code,
    command: training.command,
    locks: training.environment.locks,
  };
}

/** What two versions are made from, where it differs. */
export function differencesOf(
  a: VersionRecord,
  b: VersionRecord,
): Pick<CompareDocument, 'data' | 'code' | 'parameters' | 'features'> {
  return {
    data: differ(dataOf(a), dataOf(b)),
    code: differ(codeOf(a), codeOf(b)),
    parameters: differ(a.training.parameters, b.training.parameters),
    features: differ(a.features, b.features),
  };
}

/** Two versions side by side: figures with a judgement, and what differs in data, code, parameters and features. `difference` is b - a. */
export async function compareVersions(
  request: { readonly a: string; readonly b: string },
  ports: RegistryReader & { readonly compareMetric: CompareMetric },
): Promise<CompareDocument> {
  const registry = await readRegistry(ports);
  const [a, b] = [request.a, request.b].map((text) => {
    const { model, selector } = parseReference(text);
    return resolveVersion(registry, model, selector).version.record;
  }) as [VersionRecord, VersionRecord];
  return {
    schema: 'model-gitops/compare/1',
    outcome: 'pass',
    a: `${a.model}@${a.version}`,
    b: `${b.model}@${b.version}`,
    metrics: compareMetrics(a, b, ports.compareMetric),
    ...differencesOf(a, b),
    notes:
      a.evaluation.source === b.evaluation.source
        ? []
        : ['one side was computed, the other reported: compare with care'],
  };
}
