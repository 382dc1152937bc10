import type { Actor } from '../actor.ts';
import { type Context, timeOf } from '../context.ts';
import type { Git } from '../git.ts';
import { webFlow } from '../people.ts';
import { refusals } from '../refusals.ts';
import { findUser } from '../state.ts';
import type { Person } from './parse.ts';
import { signPayload } from './signature.ts';

/** An account as the author of a commit. */
export function personOf(context: Context, login: string): Person {
  const user = findUser(context.state, login);
  const email = user?.email ?? `${login}@users.noreply.github.com`;
  return { name: user?.name ?? login, email, date: timeOf(context) };
}

export const webFlowPerson = (context: Context): Person => ({ ...webFlow, date: timeOf(context) });

/** Git refuses these inside a name; GitHub drops them. */
const cleanName = (text: string) => text.replaceAll(/[<>\n\0]/g, '').trim();

function personLine({ name, email, date }: Person): string {
  const seconds = Math.floor(new Date(date).getTime() / 1000);
  if (!Number.isFinite(seconds)) throw refusals.unprocessable(`Invalid request.\n\n"${date}" is not a date.`);
  return `${cleanName(name)} <${cleanName(email)}> ${seconds} +0000`;
}

async function writeObject(git: Git, kind: 'commit' | 'tag' | 'blob', content: string | Uint8Array): Promise<string> {
  const answer = await git.run(['hash-object', '-t', kind, '-w', '--stdin'], { input: content });
  if (answer.exitCode !== 0) throw refusals.unprocessable(`Invalid ${kind}`);
  return answer.stdout.toString('utf8').trim();
}

export interface NewCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Person;
  readonly committer: Person;
  /** Stored as it is. */
  readonly message: string;
  /** GitHub signs what it made itself, in the name of nobody else. */
  readonly isSigned: boolean;
}

export function writeCommit(context: Context, git: Git, commit: NewCommit): Promise<string> {
  if (commit.message.includes('\0')) throw refusals.unprocessable('Invalid commit message');
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map((id) => `parent ${id}`),
    `author ${personLine(commit.author)}`,
    `committer ${personLine(commit.committer)}`,
  ];
  const payload = `${lines.join('\n')}\n\n${commit.message}`;
  if (!commit.isSigned) return writeObject(git, 'commit', payload);
  const signature = signPayload(context, payload).replaceAll('\n', '\n ');
  return writeObject(git, 'commit', `${lines.join('\n')}\ngpgsig ${signature}\n\n${commit.message}`);
}

/** A commit that GitHub makes for somebody: theirs as author, GitHub's as committer, signed. */
export function writeWebCommit(
  context: Context,
  git: Git,
  commit: Pick<NewCommit, 'tree' | 'parents' | 'message'> & { readonly author: Person },
): Promise<string> {
  return writeCommit(context, git, { ...commit, committer: webFlowPerson(context), isSigned: true });
}

export interface NewTag {
  readonly name: string;
  readonly target: { readonly id: string; readonly kind: string };
  readonly tagger: Person;
  readonly message: string;
}

export function writeTag(git: Git, { name, target, tagger, message }: NewTag): Promise<string> {
  const head = [`object ${target.id}`, `type ${target.kind}`, `tag ${name}`, `tagger ${personLine(tagger)}`];
  return writeObject(git, 'tag', `${head.join('\n')}\n\n${message}`);
}

export const writeBlob = (git: Git, bytes: string | Uint8Array): Promise<string> => writeObject(git, 'blob', bytes);

/** Author and committer as a request names them; who names nobody writes as themselves. */
export function namedPerson(
  context: Context,
  who: Actor,
  given: { readonly name: string; readonly email: string; readonly date?: string | undefined } | undefined,
): Person {
  return given === undefined ? personOf(context, who.login) : { ...given, date: given.date ?? timeOf(context) };
}
