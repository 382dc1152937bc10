import {
  foldHistory,
  type ModelState,
  parseEnvironmentName,
  parseModelName,
  type RegistryFacts,
} from '@model-gitops/registry';
import type { HistoryDocument, ListDocument, ShowDocument } from './documents.ts';
import type { RegistryReader } from './ports.ts';
import { valid } from './problems.ts';
import { stateOf } from './promote-model.ts';
import { type Registry, readRegistry } from './read-registry.ts';
import { parseReference, resolveVersion } from './resolve-version.ts';

function listed({ model, versions, environments }: ModelState): ListDocument['models'][number] {
  return {
    model,
    versions: versions.map(({ version, tag, digest, registeredAt, record, state }) => ({
      version,
      tag,
      digest,
      registeredAt,
      metrics: record.evaluation.metrics,
      state,
    })),
    environments: Object.fromEntries(
      environments.map(({ environment, wanted, live, since, commit }) => [
        environment,
        { wanted, live, since, commit },
      ]),
    ),
  };
}

/** Tags that look like versions and hold no record, told once: they belong to somebody else. */
export function foreignTagNotes({ versions }: Pick<RegistryFacts, 'versions'>): readonly string[] {
  const foreign = versions.filter((tag) => tag.record === null);
  const names = foreign.slice(0, 5).map((tag) => tag.tag);
  return foreign.length === 0
    ? []
    : [`${foreign.length} tag(s) without a version record left out: ${names.join(', ')}`];
}

function notesOf({ facts, problems }: Registry, model: string | null): readonly string[] {
  const versions = facts.versions.filter((tag) => model === null || tag.model === model);
  return [...foreignTagNotes({ versions }), ...problems.map((problem) => problem.message)];
}

/** Models with their versions and what each environment wants and serves. A registry without models is an empty list. */
export async function listModels(
  request: { readonly model: string | null },
  reader: RegistryReader,
): Promise<ListDocument> {
  const name = request.model === null ? null : valid(parseModelName(request.model));
  const registry = await readRegistry(reader);
  const models =
    name === null ? registry.models.filter((model) => model.versions.length > 0) : [stateOf(registry, name)];
  return { schema: 'model-gitops/ls/1', outcome: 'pass', models: models.map(listed), notes: notesOf(registry, name) };
}

/** One version with its whole record: by number, by environment, or the newest. */
export async function showModel(
  request: { readonly reference: string },
  reader: RegistryReader,
): Promise<ShowDocument> {
  const { model, selector } = parseReference(request.reference);
  const { state, version } = resolveVersion(await readRegistry(reader), model, selector);
  const environments = state.environments
    .filter((environment) => environment.wanted === version.version)
    .map((environment) => environment.environment);
  const { tag, digest, record } = version;
  return {
    schema: 'model-gitops/show/1',
    outcome: 'pass',
    model,
    version: version.version,
    tag,
    digest,
    state: version.state,
    environments,
    record,
    notes: [],
  };
}

/** Where an environment has no decision: which have some, for those who mistyped it. */
function noDecisionNotes(environment: string | null, decided: readonly string[], found: number): readonly string[] {
  if (environment === null || found > 0) return [];
  const others = decided.length === 0 ? 'none at all' : `some in ${decided.join(', ')}`;
  return [`there is no decision about ${environment} yet; there are ${others}`];
}

/** Every decision about a model, newest first. */
export async function listHistory(
  request: { readonly model: string; readonly environment: string | null },
  reader: RegistryReader,
): Promise<HistoryDocument> {
  const model = valid(parseModelName(request.model));
  const environment = request.environment === null ? null : valid(parseEnvironmentName(request.environment));
  const registry = await readRegistry(reader);
  const { environments } = stateOf(registry, model);
  const entries = foldHistory(registry.facts, model, environment);
  const decided = environments.map((one) => one.environment);
  const isUnknown = entries.some(({ commit, approvedBy }) => commit !== null && approvedBy.length === 0);
  return {
    schema: 'model-gitops/history/1',
    outcome: 'pass',
    model,
    entries,
    notes: [
      ...noDecisionNotes(environment, decided, entries.length),
      ...(isUnknown ? ['approval is unknown where no forge recorded it: approvedBy is then empty'] : []),
    ],
  };
}
