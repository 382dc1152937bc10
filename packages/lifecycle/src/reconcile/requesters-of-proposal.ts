import type { VersionState } from '@model-gitops/registry';
import type { PullRequest } from '../ports/index.ts';
import { judgeApprovals } from './judge-proposal-approvals.ts';
import type { PromotionRequest } from './promotion-requests.ts';
import { requestersOf } from './requesters.ts';
import type { PeopleFacts, Purpose } from './types.ts';

export interface AskedFor {
  readonly purpose: Purpose;
  /** null: the head names none that is registered. */
  readonly version: VersionState | null;
  readonly request: Pick<PromotionRequest, 'requestedBy' | 'isAutomatic'> | null;
  /** The commit whose pusher may have asked; null: it is not written yet. */
  readonly head: string | null;
}

/** The person who pushed a head, as far as the forge was asked; a bot asks for nothing. */
export function pusherOf(head: string | null, { pushers }: PeopleFacts): string | null {
  const pusher = head === null ? null : (pushers[head] ?? null);
  return pusher === null || pusher.isBot ? null : pusher.login;
}

/** Whether somebody asked: then it must be known who, by the event or by the push. */
export function isAskedFor(request: AskedFor['request']): boolean {
  return request?.isAutomatic !== true;
}

/** Logins that may not approve a proposal: who asked, who pushed it, and who wrote what is promoted. null: unknown. */
export function requestersOfProposal(
  { purpose, version, request, head }: AskedFor,
  people: PeopleFacts,
): readonly string[] | null {
  const person = pusherOf(head, people);
  const sender = request?.requestedBy ?? person;
  if (isAskedFor(request) && sender === null) return null;
  const commit = version?.record.registered.commit ?? '';
  const provenance = people.provenances[commit] ?? { origins: [], pusher: null };
  const known = requestersOf({ purpose, sender, ...provenance });
  if (known === null || person === null) return known;
  return known.some((login) => login.toLowerCase() === person.toLowerCase()) ? known : [...known, person];
}

/** Whose right to write decides whether an approval counts; of nobody else it is asked. */
export function approversInDoubt(
  pullRequest: Pick<PullRequest, 'author' | 'committers' | 'head' | 'reviews'>,
  requesters: readonly string[] | null,
): readonly string[] {
  if (requesters === null) return [];
  const { uncounted } = judgeApprovals({ pullRequest, requesters, writers: [] });
  return uncounted.flatMap(({ login, because }) => (because === 'no-right' ? [login] : []));
}
