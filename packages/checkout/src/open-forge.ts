import { createForgeClient, githubForge, githubReleases } from '@model-gitops/github';
import type { Forge, Host, Releases } from '@model-gitops/lifecycle';
import { findRepository, workflowRepository } from './find-repository.ts';

export interface ForgeRequest {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** As a door was given it; null: the environment may have one. */
  readonly token: string | null;
  /** Address of `origin`; null without one. */
  readonly remoteUrl: string | null;
  /** Nothing may be asked. */
  readonly isSilent: boolean;
  readonly host: Host;
}

export interface FoundForge {
  readonly forge: Forge | null;
  /** There with the forge. */
  readonly releases: Releases | null;
  readonly repositoryUrl: string | null;
}

/** The forge of a repository, and its address. Without an app the check is a commit status. Nothing is asked here. */
export function openForge({ environment, remoteUrl, isSilent, host, ...request }: ForgeRequest): FoundForge {
  const repository =
    workflowRepository(environment) ?? (remoteUrl === null ? null : findRepository(remoteUrl, environment));
  if (repository === null) return { forge: null, releases: null, repositoryUrl: null };
  const { apiUrl, url: repositoryUrl } = repository;
  const token = request.token || environment.GITHUB_TOKEN || environment.GH_TOKEN || null;
  if (token === null || isSilent) return { forge: null, releases: null, repositoryUrl };
  const client = createForgeClient({ apiUrl, access: { token }, repository, host });
  return { forge: githubForge(client, { checkKind: 'status' }), releases: githubReleases(client), repositoryUrl };
}
