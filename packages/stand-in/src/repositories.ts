import { join } from 'node:path';
import { type Context, timeOf } from './context.ts';
import { initGit, runGit } from './git.ts';
import { createUser } from './people.ts';
import type { Role } from './records/people.ts';
import type { Repository, RequiredCheck, Ruleset } from './records/repositories.ts';
import { findRepository, nextId } from './state.ts';

export interface NewRepository {
  readonly private?: boolean;
  readonly defaultBranch?: string;
}

/** `acme/penguins`; throws where it is not there: a mistake of the test. */
export function namedRepository({ state }: Context, fullName: string): Repository {
  const [owner = '', name = ''] = fullName.split('/');
  const repository = findRepository(state, owner, name);
  if (repository === undefined) throw new Error(`the stand-in has no repository ${fullName}`);
  return repository;
}

function addRepository(context: Context, owner: string, name: string, more: Partial<Repository>): Repository {
  if (findRepository(context.state, owner, name) !== undefined) throw new Error(`${owner}/${name} is there already`);
  createUser(context, owner, { type: 'Organization' });
  const id = nextId(context.state);
  const repository: Repository = {
    id,
    owner,
    name,
    isPrivate: false,
    defaultBranch: 'main',
    folder: join(context.folder, 'repositories', owner, `${name}.git`),
    parent: null,
    collaborators: {},
    lastNumber: 0,
    createdAt: timeOf(context),
    pushedAt: timeOf(context),
    hasImmutableReleases: false,
    burntTags: [],
    ...more,
  };
  context.state.repositories.push(repository);
  return repository;
}

export async function createRepository(
  context: Context,
  fullName: string,
  options: NewRepository,
): Promise<Repository> {
  const [owner = '', name = ''] = fullName.split('/');
  const { private: isPrivate = false, defaultBranch = 'main' } = options;
  const repository = addRepository(context, owner, name, { isPrivate, defaultBranch });
  await initGit(repository.folder, defaultBranch);
  return repository;
}

/** A copy under another account, which reads and writes its own. */
export async function forkRepository(context: Context, origin: Repository, login: string): Promise<Repository> {
  const { isPrivate, defaultBranch } = origin;
  createUser(context, login);
  const fork = addRepository(context, login, origin.name, { isPrivate, defaultBranch, parent: origin.id });
  await initGit(fork.folder, defaultBranch);
  await runGit(fork.folder, [
    'fetch',
    '--quiet',
    origin.folder,
    'refs/heads/*:refs/heads/*',
    'refs/tags/*:refs/tags/*',
  ]);
  return fork;
}

export function addCollaborator(context: Context, repository: Repository, login: string, role: Role): void {
  repository.collaborators[createUser(context, login).login] = role;
}

export interface NewRuleset {
  readonly name?: string;
  readonly branches?: readonly string[];
  readonly tags?: readonly string[];
  readonly requiredReviews?: number;
  readonly dismissStale?: boolean;
  readonly requiredChecks?: readonly { readonly context: string; readonly appId?: number }[];
  readonly noForcePush?: boolean;
  readonly noDeletion?: boolean;
  readonly noUpdate?: boolean;
}

/** Without `branches` and `tags` it is for the default branch; tags that it names never move. */
export function createRuleset({ state }: Context, repository: Repository, given: NewRuleset): Ruleset {
  const id = nextId(state);
  const { branches, tags = [] } = given;
  const checks: RequiredCheck[] = (given.requiredChecks ?? []).map(({ context, appId = null }) => ({ context, appId }));
  const ruleset: Ruleset = {
    id,
    repository: repository.id,
    name: given.name ?? `ruleset ${id}`,
    branches: branches ?? (tags.length === 0 ? [repository.defaultBranch] : []),
    tags,
    requiredReviews: given.requiredReviews ?? 0,
    dismissStale: given.dismissStale ?? false,
    requiredChecks: checks,
    noForcePush: given.noForcePush ?? false,
    noDeletion: given.noDeletion ?? false,
    noUpdate: given.noUpdate ?? tags.length > 0,
  };
  state.rulesets.push(ruleset);
  return ruleset;
}
