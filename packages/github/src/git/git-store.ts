import type { GitStore } from '@model-gitops/lifecycle';
import type { ForgeClient } from '../octokit/forge-client.ts';
import { placeOf } from './git-place.ts';
import { moveRef } from './move-ref.ts';
import { readHistory } from './read-history.ts';
import { readObjects } from './read-objects.ts';
import { readRefs } from './read-refs.ts';
import { writeObject } from './write-object.ts';

export interface GithubGitStoreOptions {
  /** Commits are GitHub's own, and signed by it: for an app. Their author is the app, their date now. */
  readonly isSigned?: boolean;
}

/** GitStore over GitHub's API, without a clone. Objects never change: what a client has read or written once it does not ask again. */
export function githubGitStore(client: ForgeClient, { isSigned = false }: GithubGitStoreOptions = {}): GitStore {
  const place = placeOf(client);
  return {
    readRefs: (prefix) => readRefs(place, prefix),
    readObjects: (names) => readObjects(place, names),
    readHistory: (query) => readHistory(place, query),
    writeObject: (object) => writeObject(place, object, isSigned),
    moveRef: (name, expected, next) => moveRef(place, { name, expected, next }),
  };
}
