import { type EventOf, eventsOf, parsePointer, type RegistryFacts, type VersionState } from '@model-gitops/registry';
import type { Target, TargetFacts } from './types.ts';

export type PromotionRequest = EventOf<'promotion-requested'>;

/** The event that asked for a commit of a promotion branch. */
export function requestAt(
  { model, environment }: Pick<Target, 'model' | 'environment'>,
  commit: string,
  { events }: RegistryFacts,
): PromotionRequest | null {
  const requests = eventsOf(events, 'promotion-requested');
  return (
    requests.find((event) => event.model === model && event.environment === environment && event.commit === commit) ??
    null
  );
}

/** Whether newer versions leave a pull request alone: the last word counts, by its time and then by its comment. */
export function isHeld({ model }: Target, number: number, { events }: RegistryFacts): boolean {
  const words = eventsOf(events, 'held').filter((event) => event.model === model && event.pullRequest === number);
  const order = ({ at, id }: (typeof words)[number]) => [Date.parse(at), Number(id.split('-').at(-1))] as const;
  const [last] = words.toSorted((a, b) => order(b)[0] - order(a)[0] || order(b)[1] - order(a)[1]);
  return last?.isHeld ?? false;
}

export function versionOf({ state }: TargetFacts, version: string): VersionState | undefined {
  return state.versions.find((candidate) => candidate.version === version);
}

/** The version that a proposal names: by its pointer, or the one that its list of archived versions adds. */
export function proposedVersion(
  facts: TargetFacts,
  request: PromotionRequest | null,
  text: string | null,
): VersionState | null {
  const pointer = parsePointer(text ?? '');
  const name =
    facts.target.environment === 'archived' ? request?.version : pointer.ok ? pointer.value.version : undefined;
  return name === undefined ? null : (versionOf(facts, name) ?? null);
}
