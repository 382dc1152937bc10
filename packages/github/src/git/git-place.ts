import type { ObjectId } from '@model-gitops/lifecycle';
import type { ForgeClient } from '../octokit/forge-client.ts';
import { createObjectCache, type ObjectCache } from './object-cache.ts';

/** A move that was made here: an answer that still shows `from` comes from a copy that is behind. */
export interface RecentMove {
  readonly from: ObjectId | null;
  readonly to: ObjectId | null;
  readonly at: number;
}

export interface Walked {
  readonly parents: readonly ObjectId[];
  /** Path -> id of what the commit holds there, or null. */
  readonly ids: Map<string, ObjectId | null>;
}

/** What is remembered of one repository. It lives as long as its client, whatever the number of stores over it. */
export interface GitPlace {
  readonly client: ForgeClient;
  readonly cache: ObjectCache;
  readonly moves: Map<string, RecentMove>;
  /** Ids that refs were seen to hold: they exist, whatever a copy says that is behind. */
  readonly tips: Set<ObjectId>;
  readonly walked: Map<ObjectId, Walked>;
  /** What GraphQL calls the repository, once a query told it. */
  readonly node: { id: string | null };
}

const places = new WeakMap<ForgeClient, GitPlace>();

export function placeOf(client: ForgeClient): GitPlace {
  const known = places.get(client);
  if (known !== undefined) return known;
  const place: GitPlace = {
    client,
    cache: createObjectCache(),
    moves: new Map(),
    tips: new Set(),
    walked: new Map(),
    node: { id: null },
  };
  places.set(client, place);
  return place;
}
