import type { Comment, Comments } from '@model-gitops/lifecycle';
import type { ForgeClient } from '../octokit/forge-client.ts';
import { readPages } from '../octokit/read-pages.ts';
import { accountOfUser, type UserFields } from './accounts.ts';
import { readSelf } from './read-self.ts';
import { writeOnce } from './write-once.ts';

interface CommentFields {
  readonly id: number | bigint;
  readonly user: UserFields | null;
  readonly body?: string | undefined;
}

const needs = { needs: 'issues: write' };
const listRoute = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments';

function commentOf({ id, user, body }: CommentFields): Comment {
  return { id: Number(id), author: accountOfUser(user), body: body ?? '' };
}

async function list(client: ForgeClient, number: number, since: string | null): Promise<readonly Comment[]> {
  const parameters = { issue_number: number, ...(since === null ? {} : { since }) };
  return (await readPages<CommentFields>(client, listRoute, parameters)).map(commentOf);
}

/** Clocks differ; what was written longer ago is another comment of the same words. */
const lostForMs = 120_000;

async function create(client: ForgeClient, number: number, body: string): Promise<Comment> {
  const since = new Date(client.host.now().getTime() - lostForMs).toISOString();
  const write = async () => {
    const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
    const { data } = await client.request(route, { issue_number: number, body }, needs);
    return commentOf(data);
  };
  const look = async () => {
    const [self, comments] = await Promise.all([readSelf(client), list(client, number, since)]);
    return comments.findLast(({ author, body: said }) => said === body && author?.login === self.login) ?? null;
  };
  return writeOnce(write, look);
}

async function edit(client: ForgeClient, id: number, body: string): Promise<void> {
  const route = '/repos/{owner}/{repo}/issues/comments/{comment_id}';
  const write = () => client.request(`PATCH ${route}`, { comment_id: id, body }, needs);
  const look = async () => {
    const { data } = await client.request(`GET ${route}`, { comment_id: id });
    return data.body === body ? true : null;
  };
  await writeOnce<unknown>(write, look);
}

async function react(client: ForgeClient, id: number, content: string): Promise<void> {
  const route = 'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions';
  // GitHub itself makes one of two: nothing has to be looked at
  await writeOnce<unknown>(
    () => client.request(route, { comment_id: id, content }, needs),
    async () => null,
  );
}

export function githubComments(client: ForgeClient): Comments {
  return {
    list: (number) => list(client, number, null),
    create: (number, body) => create(client, number, body),
    edit: (id, body) => edit(client, id, body),
    react: (id, reaction) => react(client, id, reaction),
  };
}
