import type { EventOf, LedgerEvent } from './events.ts';
import type { FileChange, RegistryFacts, TaggedVersion } from './facts.ts';
import { compareVersionNumbers } from './names.ts';
import { type Pointer, parseArchive, parsePointer } from './pointer.ts';
import { digestOfRecord, type VersionRecord } from './record.ts';

export interface VersionState {
  readonly version: string;
  readonly tag: string;
  readonly digest: string;
  readonly registeredAt: string;
  readonly state: 'live' | 'archived';
  readonly record: VersionRecord;
  readonly tagObject: string;
  readonly target: string;
}

export interface EnvironmentState {
  readonly environment: string;
  /** The version that was decided on; null after a pointer was deleted. */
  readonly wanted: string | null;
  readonly digest: string | null;
  /** The version that serves, as deployments said; null before the first. */
  readonly live: string | null;
  readonly since: string;
  /** The commit of the default branch that decided; null for an assignment by policy. */
  readonly commit: string | null;
  readonly by: 'pointer' | 'assigned';
}

export interface ModelState {
  readonly model: string;
  /** Oldest number first. */
  readonly versions: readonly VersionState[];
  /** Numbers that are taken, also by tags that hold no record. */
  readonly taken: readonly string[];
  readonly environments: readonly EnvironmentState[];
}

/** The last file in history order (newest first) that is readable; an unreadable one decides nothing. */
export function pointerOf(change: FileChange): Pointer | null {
  const pointer = parsePointer(change.text ?? '');
  return pointer.ok ? pointer.value : null;
}

function archivedVersions(files: readonly FileChange[]): ReadonlySet<string> {
  const text = files.find((change) => change.environment === 'archived')?.text ?? null;
  const archive = text === null ? null : parseArchive(text);
  return new Set(archive?.ok ? archive.value : []);
}

function foldVersions(tagged: readonly TaggedVersion[], archived: ReadonlySet<string>): VersionState[] {
  const versions = tagged.flatMap(({ version, tag, at, record, object, target }): VersionState[] => {
    if (record === null) return [];
    const state = archived.has(version) ? 'archived' : 'live';
    return [
      { version, tag, digest: digestOfRecord(record), registeredAt: at, state, record, tagObject: object, target },
    ];
  });
  return versions.sort((a, b) => compareVersionNumbers(a.version, b.version));
}

/** The one with the highest sequence: order is counted, no clock decides. */
export function latest<E extends { readonly sequence: number }>(events: readonly E[]): E | undefined {
  return events.reduce<E | undefined>(
    (best, event) => (best && best.sequence >= event.sequence ? best : event),
    undefined,
  );
}

export function eventsOf<K extends LedgerEvent['kind']>(events: readonly LedgerEvent[], kind: K): EventOf<K>[] {
  return events.filter((event): event is EventOf<K> => event.kind === kind);
}

/** A pointer file outranks assignments: what people decide by a merge is not undone by a policy. */
function foldEnvironment(
  environment: string,
  files: readonly FileChange[],
  events: readonly LedgerEvent[],
): EnvironmentState | null {
  const deployed = eventsOf(events, 'deployed').filter((e) => e.environment === environment && e.result === 'live');
  const live = latest(deployed)?.version ?? null;
  const file = files.find(
    (change) => change.environment === environment && (change.text === null || pointerOf(change) !== null),
  );
  const assigned = latest(eventsOf(events, 'assigned').filter((e) => e.environment === environment));
  if (file !== undefined && (file.text !== null || assigned === undefined)) {
    const pointer = pointerOf(file);
    return {
      environment,
      wanted: pointer?.version ?? null,
      digest: pointer?.digest ?? null,
      live,
      since: file.at,
      commit: file.commit,
      by: 'pointer',
    };
  }
  if (assigned === undefined) return null;
  return {
    environment,
    wanted: assigned.version,
    digest: assigned.digest,
    live,
    since: assigned.at,
    commit: null,
    by: 'assigned',
  };
}

function environmentNames(files: readonly FileChange[], events: readonly LedgerEvent[]): string[] {
  const assigned = eventsOf(events, 'assigned').map((event) => event.environment);
  const names = new Set([...files.map((change) => change.environment), ...assigned]);
  names.delete('archived');
  return [...names].sort();
}

/** The state of one model, from facts of any model. */
export function foldModel(facts: RegistryFacts, model: string): ModelState {
  const tagged = facts.versions.filter((tag) => tag.model === model);
  const files = facts.files.filter((change) => change.model === model);
  const events = facts.events.filter((event) => event.model === model);
  const environments = environmentNames(files, events).flatMap((name) => foldEnvironment(name, files, events) ?? []);
  return {
    model,
    versions: foldVersions(tagged, archivedVersions(files)),
    taken: tagged.map((tag) => tag.version),
    environments,
  };
}

/** The state of every model that any fact names, sorted by name. Order of versions and events does not matter; order of files does. */
export function foldRegistry(facts: RegistryFacts): readonly ModelState[] {
  const named = [...facts.versions, ...facts.files, ...facts.events].map((fact) => fact.model);
  return [...new Set(named)].sort().map((model) => foldModel(facts, model));
}
