import type { Context } from '../context.ts';
import type { Repository } from '../records/repositories.ts';
import { type RefUpdate, shortName } from '../refs/refs.ts';

/** The tag of an immutable release stays where it is for as long as the release is there. */
export function keptTagViolations({ state }: Context, repository: Repository, { ref, before }: RefUpdate): string[] {
  if (before === null || !ref.startsWith('refs/tags/')) return [];
  const isKept = state.releases.some(
    (one) => one.repository === repository.id && one.isImmutable && one.tag === shortName(ref),
  );
  return isKept ? ['Cannot change the tag of an immutable release.'] : [];
}
