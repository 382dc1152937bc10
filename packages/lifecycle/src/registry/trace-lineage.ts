import type { ModelState, VersionRecord } from '@model-gitops/registry';
import type { LineageDocument } from './documents.ts';
import type { RegistryReader } from './ports.ts';
import { readRegistry } from './read-registry.ts';
import { parseReference, resolveVersion } from './resolve-version.ts';

type Node = LineageDocument['nodes'][number];
type Edge = LineageDocument['edges'][number];
interface Link {
  readonly node: Node;
  readonly edge: Edge;
}

function versionId(model: string, version: string): string {
  return `version:${model}@${version}`;
}

/** What one version was made from. */
function originsOf(record: VersionRecord): Link[] {
  const from = versionId(record.model, record.version);
  const link = (kind: Node['kind'], id: string, label: string, edge: Edge['kind']): Link => ({
    node: { id, kind, label },
    edge: { from, to: id, kind: edge },
  });
  const links = Object.entries(record.data).map(([name, { sha256, uri }]) =>
    link('data', `data:sha256:${sha256}`, `${name} ${uri}`, name === 'test' ? 'evaluated-on' : 'trained-on'),
  );
  const { training, registered, features, artifacts } = record;
  for (const commit of new Set([training.commit, registered.commit])) {
    if (commit !== null) links.push(link('code', `commit:${commit}`, commit.slice(0, 12), 'built-from'));
  }
  if (training.run !== null)
    links.push(link('run', `run:${training.run}`, training.command ?? training.run, 'made-by'));
  if (features.definition !== null)
    links.push(link('features', `features:sha256:${features.definition}`, features.columns.join(', '), 'uses'));
  for (const { name, sha256 } of artifacts) links.push(link('artifact', `artifact:sha256:${sha256}`, name, 'contains'));
  return links;
}

/** The version, then its parents as far as they are registered. */
function chainOf(state: ModelState, version: string): VersionRecord[] {
  const records = new Map(state.versions.map((candidate) => [candidate.version, candidate.record]));
  const chain: VersionRecord[] = [];
  for (let record = records.get(version); record !== undefined && !chain.includes(record); ) {
    chain.push(record);
    record = records.get(record.lineage.parent ?? '');
  }
  return chain;
}

function linksOf(state: ModelState, version: string): Link[] {
  const [own, parent] = chainOf(state, version);
  const links = own === undefined ? [] : originsOf(own);
  const from = versionId(state.model, version);
  if (parent !== undefined) {
    const to = versionId(state.model, parent.version);
    links.push({
      node: { id: to, kind: 'version', label: `${state.model} ${parent.version}` },
      edge: { from, to, kind: 'succeeds' },
    });
  }
  for (const { environment, wanted } of state.environments) {
    const to = `environment:${environment}`;
    if (wanted === version)
      links.push({ node: { id: to, kind: 'environment', label: environment }, edge: { from, to, kind: 'wanted-in' } });
  }
  return links;
}

/** Where a version comes from and where it went: data, code, run, features, artifacts, the version before, environments. */
export async function traceLineage(
  request: { readonly reference: string },
  reader: RegistryReader,
): Promise<LineageDocument> {
  const { model, selector } = parseReference(request.reference);
  const { state, version } = resolveVersion(await readRegistry(reader), model, selector);
  const links = linksOf(state, version.version);
  const self: Node = { id: versionId(model, version.version), kind: 'version', label: `${model} ${version.version}` };
  const nodes = new Map([self, ...links.map((link) => link.node)].map((node) => [node.id, node]));
  return {
    schema: 'model-gitops/lineage/1',
    outcome: 'pass',
    nodes: [...nodes.values()],
    edges: links.map((link) => link.edge),
    notes: [],
  };
}
