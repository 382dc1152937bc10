import { createForgeClient, type ForgeClient, githubGitStore } from '@model-gitops/github';
import { systemHost } from '@model-gitops/host';
import type { Role, StandIn } from '@model-gitops/stand-in';
import type { Permission } from '../../packages/lifecycle/src/testing/memory-forge-state.ts';
import type { ForgeVerbs } from '../../packages/lifecycle/src/testing/memory-forge-verbs.ts';

type Files = Readonly<Record<string, string | null>>;

/** A client that acts as a person, in a repository of the stand-in. */
function clientOf(github: StandIn, repository: string, login: string): ForgeClient {
  const [owner = '', name = ''] = repository.split('/');
  const access = { token: github.createToken(login) };
  return createForgeClient({ apiUrl: github.apiUrl, access, repository: { owner, name }, host: systemHost() });
}

function idOf({ state }: StandIn, repository: string): number | undefined {
  return state.repositories.find(({ owner, name }) => `${owner}/${name}` === repository)?.id;
}

/** A repository without a commit takes its first one by the contents API only, as on GitHub. */
async function startMain(client: ForgeClient): Promise<string> {
  const content = Buffer.from('penguins\n').toString('base64');
  const file = { path: 'README.md', message: 'Start', content };
  await client.request('PUT /repos/{owner}/{repo}/contents/{path}', file);
  const [main] = await githubGitStore(client).readRefs('refs/heads/main');
  return main?.id ?? '';
}

async function pushFiles(client: ForgeClient, login: string, push: { branch: string; files: Files; message: string }) {
  const git = githubGitStore(client);
  const refs = await git.readRefs('refs/heads/');
  const idOf = (branch: string) => refs.find(({ name }) => name === `refs/heads/${branch}`)?.id ?? null;
  const before = idOf(push.branch);
  const parent = before ?? idOf('main') ?? (await startMain(client));
  const date = `${systemHost().now().toISOString().slice(0, 19)}Z`;
  const author = { name: login, email: `${login}@example.com`, date };
  const { files, message } = push;
  const id = await git.writeObject({ kind: 'commit', parents: [parent], files, message, author });
  const isNewMain = before === null && push.branch === 'main';
  const moved = await git.moveRef(`refs/heads/${push.branch}`, isNewMain ? parent : before, id);
  if (moved !== 'moved') throw new Error(`the push to ${push.branch} was not taken: ${moved}`);
  return id;
}

const events = { approved: 'APPROVE', 'changes-requested': 'REQUEST_CHANGES', commented: 'COMMENT' } as const;

/** What people do on GitHub, each by calls with a token of their own. */
export function standInPeople(github: StandIn, repository: string): ForgeVerbs {
  const [owner = ''] = repository.split('/');
  const as = (login: string) => clientOf(github, repository, login);
  const review: ForgeVerbs['review'] = async (login, number, state) => {
    if (state === 'dismissed') throw new Error('a review is dismissed by another call');
    const route = 'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews';
    await as(login).request(route, { pull_number: number, event: events[state], body: 'seen' });
  };
  const openAs: ForgeVerbs['openAs'] = async (login, { branch: head, base, title, body }) =>
    (await as(login).request('POST /repos/{owner}/{repo}/pulls', { head, base, title, body })).data.number;
  return {
    async addPerson(login, permission: Permission, email = `${login}@example.com`) {
      github.createUser(login, { email });
      if (permission !== 'none') github.addCollaborator(repository, login, permission satisfies Role);
    },
    push: (login, branch, files, message = 'A change\n') => pushFiles(as(login), login, { branch, files, message }),
    openAs,
    async openFromFork(login, { files, branch, ...request }) {
      const fork = await github.fork(repository, login);
      await pushFiles(clientOf(github, fork, login), login, { branch, files, message: `${request.title}\n` });
      return openAs(login, { ...request, branch: `${login}:${branch}` });
    },
    review,
    approve: (login, number) => review(login, number, 'approved'),
    async merge(login, number) {
      const route = 'PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge';
      return (await as(login).request(route, { pull_number: number, merge_method: 'merge' })).data.sha;
    },
    async close(number) {
      const route = 'PATCH /repos/{owner}/{repo}/pulls/{pull_number}';
      await as(owner).request(route, { pull_number: number, state: 'closed' });
    },
    async comment(login, number, body) {
      const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
      const { data } = await as(login).request(route, { issue_number: number, body });
      return { id: Number(data.id), author: { login, isBot: false }, body };
    },
    async reactionsOf(comment) {
      const route = 'GET /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions';
      const { data } = await as(owner).request(route, { comment_id: comment });
      return data.map(({ content }) => content);
    },
    dispatched: async () =>
      github.dispatches
        .filter(({ kind, repository: id }) => kind === 'workflow' && id === idOf(github, repository))
        .map(({ name, ref, inputs }) => ({
          workflow: name,
          branch: (ref ?? '').replace('refs/heads/', ''),
          inputs: inputs as Readonly<Record<string, string>>,
        })),
  };
}
