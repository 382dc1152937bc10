import type { Account, PullRequest } from '../ports/index.ts';
import type { Purpose } from './types.ts';

/** What the forge recorded of how a proposal came about. Nothing of it is read from a text. */
export interface RequestFacts {
  readonly purpose: Purpose;
  /** Who sent the command or the dispatch that asked for it; null: nobody did, it was proposed by rule. */
  readonly sender: string | null;
  /** The merged pull requests that brought the commit at which the version was registered. */
  readonly origins: readonly Pick<PullRequest, 'author' | 'committers'>[];
  /** Who pushed that commit, where no pull request brought it; null: the forge does not say. */
  readonly pusher: Account | null;
}

function distinctLogins(logins: readonly string[]): readonly string[] {
  return [...new Map(logins.map((login) => [login.toLowerCase(), login])).values()];
}

/** Who wrote what is promoted: the author of the pull request that brought it and those of its commits, not who merged it. null: unknown. */
function writersOf({ origins, pusher }: RequestFacts): readonly string[] | null {
  if (origins.length === 0) return pusher === null ? null : [pusher.login];
  const known = origins.flatMap(({ author, committers }) => [...(author === null ? [] : [author]), ...committers]);
  return known.length === 0 ? null : known.map(({ login }) => login);
}

/**
 * Logins that may not approve: who asked, and who wrote what is promoted. A rollback or an archive that somebody asked
 * for brings nothing new: there only who asked is left out. null: the forge did not say, and then nobody counts.
 */
export function requestersOf(facts: RequestFacts): readonly string[] | null {
  const { purpose, sender } = facts;
  if (purpose !== 'promote' && sender !== null) return [sender];
  const writers = writersOf(facts);
  return writers === null ? null : distinctLogins([...(sender === null ? [] : [sender]), ...writers]);
}
