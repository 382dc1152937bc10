import type { People } from '@model-gitops/lifecycle';
import type { ForgeClient } from '../octokit/forge-client.ts';
import { failureOf } from '../octokit/forge-failure.ts';
import { readPusher } from './read-pusher.ts';
import { readSelf } from './read-self.ts';

type Permission = Awaited<ReturnType<People['readPermission']>>;

const permissions: readonly string[] = ['admin', 'write', 'read', 'none'] satisfies readonly Permission[];

async function orMissing<Answer>(ask: () => Promise<Answer>): Promise<Answer | null> {
  try {
    return await ask();
  } catch (thrown) {
    if (failureOf(thrown)?.kind === 'not-found') return null;
    throw thrown;
  }
}

/** GitHub answers `read` for everybody in a public repository: whether somebody belongs here is asked by itself. */
async function isCollaborator(client: ForgeClient, username: string): Promise<boolean> {
  const route = 'GET /repos/{owner}/{repo}/collaborators/{username}';
  return (await orMissing(() => client.request(route, { username }))) !== null;
}

/** `maintain` counts as write and `triage` as read: GitHub says so itself in this field. */
async function readPermission(client: ForgeClient, username: string): Promise<Permission> {
  if (username.endsWith('[bot]')) return 'none';
  const route = 'GET /repos/{owner}/{repo}/collaborators/{username}/permission';
  const answer = await orMissing(() => client.request(route, { username }));
  const permission = answer?.data.permission ?? 'none';
  if (!permissions.includes(permission)) return 'none';
  if (permission === 'read' && !(await isCollaborator(client, username))) return 'none';
  return permission as Permission;
}

export function githubPeople(client: ForgeClient): People {
  return {
    readPermission: (login) => readPermission(client, login),
    readPusher: (commit, branch) => readPusher(client, commit, branch),
    readSelf: () => readSelf(client),
  };
}
