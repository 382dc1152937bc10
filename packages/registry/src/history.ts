import type { EventOf } from './events.ts';
import type { FileChange, RegistryFacts } from './facts.ts';
import { compareVersionNumbers } from './names.ts';
import { parseArchive } from './pointer.ts';
import { eventsOf, pointerOf } from './state.ts';

export interface HistoryEntry {
  readonly environment: string;
  readonly version: string | null;
  readonly from: string | null;
  readonly at: string;
  readonly commit: string | null;
  readonly kind: 'promote' | 'assign' | 'rollback' | 'archive';
  readonly pullRequest?: number;
  readonly requestedBy?: string;
  readonly approvedBy: readonly string[];
}

/** The request that led to a change: same environment and same content. */
export function requestOf(facts: RegistryFacts, change: FileChange): EventOf<'promotion-requested'> | undefined {
  const pointer = pointerOf(change);
  const requests = eventsOf(facts.events, 'promotion-requested').filter(
    (event) => event.model === change.model && event.environment === change.environment,
  );
  const merged = requests.find((event) => change.parents[1] === event.commit || change.commit === event.commit);
  return merged ?? requests.findLast((event) => event.version === pointer?.version && event.digest === pointer.digest);
}

function kindOf(
  purpose: string | undefined,
  version: string | null,
  from: string | null,
  seen: ReadonlySet<string>,
): HistoryEntry['kind'] {
  if (purpose === 'rollback') return 'rollback';
  if (purpose === 'promote' || version === null || from === null) return 'promote';
  return seen.has(version) && compareVersionNumbers(version, from) < 0 ? 'rollback' : 'promote';
}

function pointerEntries(facts: RegistryFacts, files: readonly FileChange[]): HistoryEntry[] {
  const seen = new Set<string>();
  let from: string | null = null;
  return files.toReversed().map((change) => {
    const version = pointerOf(change)?.version ?? null;
    const request = requestOf(facts, change);
    const merged = eventsOf(facts.events, 'merged').find((event) => event.commit === change.commit);
    const kind = kindOf(request?.purpose, version, from, seen);
    const requestedBy = merged?.requester ?? request?.requestedBy ?? null;
    const entry: HistoryEntry = {
      environment: change.environment,
      version,
      from,
      at: change.at,
      commit: change.commit,
      kind,
      ...(merged?.pullRequest == null ? {} : { pullRequest: merged.pullRequest }),
      ...(requestedBy === null ? {} : { requestedBy }),
      approvedBy: merged?.approvals ?? [],
    };
    if (version !== null) seen.add(version);
    from = version;
    return entry;
  });
}

function archiveEntries(files: readonly FileChange[]): HistoryEntry[] {
  let before: readonly string[] = [];
  return files.toReversed().flatMap((change) => {
    const archive = parseArchive(change.text ?? 'archived: []\n');
    const now = archive.ok ? archive.value : before;
    const added = now.filter((version) => !before.includes(version));
    before = now;
    return added.map(
      (version): HistoryEntry => ({
        environment: 'archived',
        version,
        from: null,
        at: change.at,
        commit: change.commit,
        kind: 'archive',
        approvedBy: [],
      }),
    );
  });
}

function assignedEntries(facts: RegistryFacts, model: string): HistoryEntry[] {
  const assigned = eventsOf(facts.events, 'assigned').filter((event) => event.model === model);
  return assigned
    .sort((a, b) => a.sequence - b.sequence)
    .map((event) => ({
      environment: event.environment,
      version: event.version,
      from: event.from,
      at: event.at,
      commit: null,
      kind: event.purpose === 'rollback' ? 'rollback' : 'assign',
      ...(event.requestedBy === null ? {} : { requestedBy: event.requestedBy }),
      approvedBy: [],
    }));
}

/** Every decision about a model, newest first; one environment's own order is the order of its branch or its sequence. */
export function foldHistory(facts: RegistryFacts, model: string, environment: string | null): readonly HistoryEntry[] {
  const files = facts.files.filter((change) => change.model === model);
  const names = [...new Set(files.map((change) => change.environment))].filter((name) => name !== 'archived');
  const entries = [
    ...names.flatMap((name) =>
      pointerEntries(
        facts,
        files.filter((change) => change.environment === name),
      ),
    ),
    ...archiveEntries(files.filter((change) => change.environment === 'archived')),
    ...assignedEntries(facts, model),
  ];
  const asked = environment === null ? entries : entries.filter((entry) => entry.environment === environment);
  return asked.sort((a, b) => Date.parse(a.at) - Date.parse(b.at)).reverse();
}
