import type { StandIn } from '@model-gitops/stand-in';
import { type GitUser, runGit } from './run-git.ts';

/** The repository of the story. */
export const repository = 'acme/penguins';

export interface Answer {
  readonly status: number;
  /** JSON, as GitHub sent it. */
  readonly data: unknown;
}

/** Somebody with an account, who uses git and GitHub as people do: with a token of their own. */
export interface Person {
  readonly login: string;
  git(folder: string, ...args: readonly string[]): Promise<string>;
  /** `GET pulls/1`: of the story's repository. A refusal is an answer. */
  call(route: string, body?: unknown): Promise<Answer>;
  /** What a program shows that acts for them. */
  readonly token: string;
}

async function call(github: StandIn, token: string, route: string, body: unknown): Promise<Answer> {
  const [method = 'GET', path = ''] = route.split(' ');
  const response = await fetch(`${github.apiUrl}/repos/${repository}/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, data: await response.json() };
}

/** Makes the account, known by the address in its commits. */
export function createPerson(github: StandIn, { login, name }: { login: string; name: string }): Person {
  const email = `${login}@example.com`;
  github.createUser(login, { name, email });
  const token = github.createToken(login);
  const user: GitUser = { name, email, token, server: github.url };
  return {
    login,
    token,
    git: (folder, ...args) => runGit(folder, args, user),
    call: (route, body) => call(github, token, route, body),
  };
}
