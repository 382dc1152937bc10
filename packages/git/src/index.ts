export { type GitStoreOptions, gitStore } from './git-store.ts';
export { type Head, hasRemote, readDirtyPaths, readHead, readRemoteDefault } from './head.ts';
export { type Identity, readIdentity } from './identity.ts';
export type { GitAnswer, GitCall, RunGit } from './run-git.ts';
export { readTopLevel } from './top-level.ts';
