export { type GithubForgeOptions, githubForge } from './forge/github-forge.ts';
export { type GithubGitStoreOptions, githubGitStore } from './git/git-store.ts';
export {
  type CallOptions,
  createForgeClient,
  type ForgeAccess,
  type ForgeAnswer,
  type ForgeClient,
  type ForgeClientOptions,
  type ForgeOctokit,
} from './octokit/forge-client.ts';
export { type FailureKind, ForgeFailure, failureOf } from './octokit/forge-failure.ts';
export { githubReleases } from './releases/github-releases.ts';
