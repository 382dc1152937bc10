import {
  changeBetween,
  compareVersionNumbers,
  digestOfRecord,
  nextVersion,
  type TaggedVersion,
  type VersionRecord,
  versionFactsOf,
} from '@model-gitops/registry';
import { digestOf, operationOf, type RegistrationRequest, versionFactsOfRequest } from './registration.ts';

/** A tag that holds a record of ours. */
export type KnownVersion = TaggedVersion & { readonly record: VersionRecord };
export type RegistrationPlan =
  | { readonly kind: 'exists'; readonly version: KnownVersion }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'create'; readonly version: string; readonly parent: string | null };

function knownVersions(tagged: readonly TaggedVersion[]): KnownVersion[] {
  const known = tagged.filter((tag): tag is KnownVersion => tag.record !== null);
  return known.sort((a, b) => compareVersionNumbers(a.version, b.version));
}

function planExplicit(
  request: RegistrationRequest,
  version: string,
  tagged: readonly TaggedVersion[],
  parent: string | null,
): RegistrationPlan {
  const taken = tagged.find((tag) => tag.version === version);
  if (taken === undefined) return { kind: 'create', version, parent };
  const isSame = taken.record !== null && digestOfRecord(taken.record) === digestOf(request);
  if (isSame) return { kind: 'exists', version: { ...taken, record: taken.record } };
  return {
    kind: 'refused',
    reason: `${request.model} ${version} is registered with other bytes; a version never changes`,
  };
}

/** What registering would do on the versions that there are now. The same operation is found whichever way its number was chosen. */
export function planRegistration(request: RegistrationRequest, tagged: readonly TaggedVersion[]): RegistrationPlan {
  const known = knownVersions(tagged);
  const newest = known.at(-1);
  if (request.version !== null) return planExplicit(request, request.version, tagged, newest?.version ?? null);
  const automatic = operationOf(request, null);
  const same = known.findLast(
    ({ record, version }) => record.operation === automatic || record.operation === operationOf(request, version),
  );
  if (same !== undefined) return { kind: 'exists', version: same };
  const change = changeBetween(
    newest === undefined ? null : versionFactsOf(newest.record),
    versionFactsOfRequest(request),
  );
  return {
    kind: 'create',
    version: nextVersion(
      tagged.map((tag) => tag.version),
      change,
    ),
    parent: newest?.version ?? null,
  };
}
