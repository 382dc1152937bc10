import { type StandIn, startStandIn } from '@model-gitops/stand-in';
import { Octokit } from '@octokit/core';

const repository = { owner: 'acme', repo: 'penguins' };

export interface Story {
  readonly github: StandIn;
  readonly repository: typeof repository;
  /** Commit on `main`. */
  readonly base: string;
  /** Commit on `feature`, with a pull request number 1 by `bob`. */
  readonly head: string;
  as(token: string): Octokit;
  /** A person's client. */
  person(login: string): Octokit;
}

type Files = Readonly<Record<string, string>>;

/** A commit by the Git data API. */
export async function commitFiles(octokit: Octokit, files: Files, parents: readonly string[]): Promise<string> {
  const tree = Object.entries(files).map(([path, content]) => ({ path, content, mode: '100644' as const }));
  const base = parents[0] === undefined ? {} : { base_tree: parents[0] };
  const made = await octokit.request('POST /repos/{owner}/{repo}/git/trees', { ...repository, ...base, tree });
  const commit = { message: 'A change', tree: made.data.sha, parents: [...parents] };
  return (await octokit.request('POST /repos/{owner}/{repo}/git/commits', { ...repository, ...commit })).data.sha;
}

export async function createRef(octokit: Octokit, ref: string, sha: string): Promise<void> {
  await octokit.request('POST /repos/{owner}/{repo}/git/refs', { ...repository, ref, sha });
}

/** acme/penguins with `alice` (admin), `bob` (write), `carol` (read), two branches and a pull request. */
export async function startStory(files: Files = {}): Promise<Story> {
  const github = await startStandIn();
  await github.createRepository('acme/penguins');
  for (const [login, role] of [
    ['alice', 'admin'],
    ['bob', 'write'],
    ['carol', 'read'],
  ] as const)
    github.addCollaborator('acme/penguins', login, role);
  const as = (token: string) => new Octokit({ baseUrl: github.apiUrl, auth: token });
  const person = (login: string) => as(github.createToken(login));
  const bob = person('bob');
  const base = await commitFiles(bob, { 'README.md': 'Penguins\n', ...files }, []);
  await createRef(bob, 'refs/heads/main', base);
  const head = await commitFiles(bob, { 'bill.md': 'Long\n' }, [base]);
  await createRef(bob, 'refs/heads/feature', head);
  const pull = { ...repository, title: 'Bills', head: 'feature', base: 'main', body: 'Longer bills' };
  await bob.request('POST /repos/{owner}/{repo}/pulls', pull);
  return { github, repository, base, head, as, person };
}

/** The status of an answer, also of one that Octokit throws. */
export function statusOf(asked: Promise<{ status: number }>): Promise<number> {
  return asked.then(
    ({ status }) => status,
    (refused: { status: number }) => refused.status,
  );
}
