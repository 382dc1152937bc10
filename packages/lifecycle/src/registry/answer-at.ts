import { eventsOf, factsUntil, foldRegistry, type ModelState } from '@model-gitops/registry';
import { ProblemError } from '../problem.ts';
import type { AtDocument } from './documents.ts';
import type { RegistryReader } from './ports.ts';
import { registryProblems } from './problems.ts';
import { type Registry, readRegistry } from './read-registry.ts';

/** A moment as people write it -> UTC. A time without a zone is UTC; a day is its start. Problem `time-unreadable`. */
export function parseTime(text: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:?\d{2})?)?$/i.exec(
    text.trim(),
  );
  const [, day = '', time = '00:00', zone = 'Z'] = match ?? [];
  const milliseconds = match === null ? Number.NaN : Date.parse(`${day}T${time}${zone.toUpperCase()}`);
  if (Number.isNaN(milliseconds)) throw new ProblemError(registryProblems.badTime(text));
  return new Date(milliseconds).toISOString();
}

/** The registry as it stood at a moment. Order is that of ancestry; the dates only say how far to read. */
export function registryAt(registry: Registry, time: string): Registry {
  const facts = factsUntil(registry.facts, time);
  return { ...registry, facts, models: foldRegistry(facts) };
}

type Answer = AtDocument['models'][string][string];

function approvers(registry: Registry, commit: string | null): readonly string[] | null {
  const merged = eventsOf(registry.facts.events, 'merged').find((event) => event.commit === commit);
  return merged?.approvals ?? null;
}

function environmentsOf(registry: Registry, { environments, versions }: ModelState): Record<string, Answer> {
  return Object.fromEntries(
    environments.map(({ environment, wanted, live, commit }) => {
      const record = versions.find((version) => version.version === wanted)?.record;
      const data = Object.fromEntries(
        Object.entries(record?.data ?? {}).map(([name, { sha256 }]) => [name, `sha256:${sha256}`]),
      );
      const code = record?.training.commit ?? record?.registered.commit ?? null;
      return [environment, { wanted, live, data, code, approvedBy: approvers(registry, commit) }];
    }),
  );
}

/** What was wanted and what served at a moment, with the data and the code behind it. `approvedBy: null` is unknown. */
export async function answerAt(request: { readonly time: string }, reader: RegistryReader): Promise<AtDocument> {
  const time = parseTime(request.time);
  const registry = registryAt(await readRegistry(reader), time);
  const models = registry.models.filter((model) => model.versions.length > 0 || model.environments.length > 0);
  return {
    schema: 'model-gitops/at/1',
    outcome: 'pass',
    time,
    models: Object.fromEntries(models.map((model) => [model.model, environmentsOf(registry, model)])),
    notes: ['approvedBy is null where no forge recorded who approved'],
  };
}
