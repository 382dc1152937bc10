import type { Place } from './work.ts';

interface RepositoryFacts {
  readonly name: string;
  readonly full_name: string;
  readonly default_branch?: string;
  readonly html_url?: string;
}

/** What is read of every event. */
export interface EventFacts {
  /** X-GitHub-Delivery. */
  readonly id: string;
  readonly payload: {
    readonly sender?: { readonly login: string } | null;
    readonly installation?: { readonly id: number } | null;
    readonly repository?: RepositoryFacts;
    /** Of an installation that was made. */
    readonly repositories?: readonly RepositoryFacts[];
    readonly repositories_added?: readonly RepositoryFacts[];
  };
}

/** The repositories that an event is about. Without an installation there is no token to look at them with. */
export function placesOf({ installation, ...payload }: EventFacts['payload']): readonly Place[] {
  if (installation == null) return [];
  const { repository, repositories = [], repositories_added: added = [] } = payload;
  const named = repository === undefined ? [...repositories, ...added] : [repository];
  return named.map(({ name, full_name, default_branch, html_url }) => ({
    owner: full_name.slice(0, full_name.indexOf('/')),
    name,
    installation: installation.id,
    defaultBranch: default_branch ?? null,
    url: html_url ?? null,
  }));
}
