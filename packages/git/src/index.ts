export { type GitStoreOptions, gitStore } from './git-store.ts';
export { type Head, readDirtyPaths, readHead, readRemoteDefault, readRemoteUrl } from './head.ts';
export { type Identity, readIdentity } from './identity.ts';
export type { GitAnswer, GitCall, RunGit } from './run-git.ts';
export { readTopLevel } from './top-level.ts';
