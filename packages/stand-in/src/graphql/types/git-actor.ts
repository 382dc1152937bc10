import type { Person } from '../../objects/parse.ts';
import type { Fields, Typed } from '../query.ts';
import { userByEmail } from './people.ts';

export interface GitActorSource extends Typed<'GitActor'> {
  readonly person: Person;
}

export const gitActorOf = (person: Person): GitActorSource => ({ __typename: 'GitActor', person });

const coAuthor = /^co-authored-by:\s*([^<\n]*?)\s*<([^>\n]+)>\s*$/gim;

/** The author, then those whom trailers of the message name. */
export function authorsOf(author: Person, message: string): GitActorSource[] {
  const others = [...message.matchAll(coAuthor)].map(([, name = '', email = '']) => ({
    name,
    email,
    date: author.date,
  }));
  return [author, ...others.filter(({ email }) => email !== author.email)].map(gitActorOf);
}

export const gitActorFields: Fields<GitActorSource> = {
  name: ({ person }) => person.name,
  email: ({ person }) => person.email,
  date: ({ person }) => person.date,
  user: ({ person }, _args: object, query) => userByEmail(query, person.email),
};
