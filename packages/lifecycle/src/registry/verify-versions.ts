import {
  digestOfValue,
  type EventOf,
  eventsOf,
  foldModel,
  latest,
  type RegistryFacts,
  type TaggedVersion,
} from '@model-gitops/registry';
import type { ArtifactStore } from '../ports/index.ts';
import { ProblemError } from '../problem.ts';
import type { Finding } from './documents.ts';

function witnessFindings(event: EventOf<'registered'>, tag: TaggedVersion | undefined): Finding[] {
  const { model, version } = event;
  const found = (rule: Finding['rule'], what: string): Finding => ({ rule, model, what });
  if (tag === undefined) return [found('tag-deleted', `the tag ${model}@v${version} was registered and is gone`)];
  if (tag.object === event.tagObject) return [];
  const recordDigest = tag.record === null ? null : `sha256:${digestOfValue(tag.record)}`;
  const isSameRecord = recordDigest === event.recordDigest;
  const findings: Finding[] = [];
  if (!isSameRecord)
    findings.push(found('record-changed', `the record in ${tag.tag} is not the one that was registered`));
  if (tag.target !== event.target)
    findings.push(
      found(
        'tag-moved',
        `${tag.tag} points at ${tag.target.slice(0, 12)}, it was registered at ${event.target.slice(0, 12)}`,
      ),
    );
  if (findings.length === 0)
    findings.push(found('tag-moved', `${tag.tag} was made anew: it is another object than the one registered`));
  return findings;
}

/** Tags against their witnesses in the ledger. */
export function verifyTags({ versions, events }: RegistryFacts): readonly Finding[] {
  const byName = new Map(versions.map((tag) => [`${tag.model}@${tag.version}`, tag]));
  return eventsOf(events, 'registered').flatMap((event) =>
    witnessFindings(event, byName.get(`${event.model}@${event.version}`)),
  );
}

/** A tag without a witness (its registration stopped half-way) is held against its own record. */
export function verifyTargets({ versions, events }: RegistryFacts): readonly Finding[] {
  const witnessed = new Set(eventsOf(events, 'registered').map((event) => `${event.model}@${event.version}`));
  return versions.flatMap(({ record, target, tag, model, version }): Finding[] => {
    if (record === null || record.registered.commit === target || witnessed.has(`${model}@${version}`)) return [];
    return [
      {
        rule: 'tag-moved',
        model,
        what: `${tag} points at ${target.slice(0, 12)}, its record says ${record.registered.commit.slice(0, 12)}`,
      },
    ];
  });
}

/** The last assignment of each environment must name a registered version with its digest. */
export function verifyAssignments(facts: RegistryFacts): readonly Finding[] {
  const assigned = eventsOf(facts.events, 'assigned');
  const keys = new Set(assigned.map((event) => `${event.model} ${event.environment}`));
  return [...keys].flatMap((key): Finding[] => {
    const last = latest(assigned.filter((event) => `${event.model} ${event.environment}` === key));
    if (last === undefined) return [];
    const { model, environment, version, digest } = last;
    const record = foldModel(facts, model).versions.find((candidate) => candidate.version === version);
    if (record?.digest === digest) return [];
    return [
      {
        rule: 'digest-mismatch',
        model,
        environment,
        what: `${environment} is assigned ${version} with ${digest}, the record says ${record?.digest ?? 'nothing'}`,
      },
    ];
  });
}

export interface BytesToVerify {
  readonly store: ArtifactStore;
  /** A folder that the bytes pass through; the caller removes it. */
  readonly scratch: string;
  /** The store is this clone's own, by default: what other clones made is not expected in it. */
  readonly isOwn: boolean;
}

export interface VerifiedBytes {
  readonly findings: readonly Finding[];
  readonly checked: number;
  /** Not in the clone's own store, hence not judged. */
  readonly absent: number;
}

/** Reads every artifact once; bytes that are not what the record says, or that are gone from a store that should have them, are findings. */
export async function verifyBytes(
  { store, scratch, isOwn }: BytesToVerify,
  { versions }: RegistryFacts,
): Promise<VerifiedBytes> {
  const findings: Finding[] = [];
  let [checked, absent] = [0, 0];
  for (const { record, model, tag } of versions) {
    for (const artifact of record?.artifacts ?? []) {
      if (artifact.kind !== 'file') continue;
      const owner = { model, tag, operation: record?.operation ?? '' };
      if (isOwn && !(await store.has(artifact.sha256, owner))) {
        absent += 1;
        continue;
      }
      checked += 1;
      try {
        await store.fetch(artifact.sha256, `${scratch}/${artifact.sha256}`, owner);
      } catch (error) {
        if (!(error instanceof ProblemError) || error.kind === 'could-not-run') throw error;
        findings.push({ rule: 'digest-mismatch', model, what: `${artifact.name} of ${tag}: ${error.message}` });
      }
    }
  }
  return { findings, checked, absent };
}
