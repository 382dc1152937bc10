import type { Context as Request } from 'hono';
import type { Actor } from './actor.ts';
import type { Env } from './api.ts';
import type { Context } from './context.ts';
import type { Git } from './git.ts';
import type { Level, Permissions, Role } from './records/people.ts';
import type { Repository } from './records/repositories.ts';
import { refusals } from './refusals.ts';
import { findRepository, isSameName, type State } from './state.ts';

const roles: readonly Role[] = ['read', 'triage', 'write', 'maintain', 'admin'];
const levels: readonly Level[] = ['read', 'write', 'admin'];
const isAtLeast = <Step>(steps: readonly Step[], has: Step, needs: Step) => steps.indexOf(has) >= steps.indexOf(needs);

/** What a person may do by membership; null: a stranger, who may still read what is public. */
export function memberRole(repository: Repository, login: string): Role | null {
  if (login === '') return null;
  if (isSameName(repository.owner, login)) return 'admin';
  const entry = Object.entries(repository.collaborators).find(([name]) => isSameName(name, login));
  return entry?.[1] ?? null;
}

/** The role in which somebody acts: apps and workflows act with what they were granted. */
export function roleOf(repository: Repository, who: Actor): Role | null {
  if (who.kind === 'app') return null;
  if (who.repositories !== null && !who.repositories.includes(repository.id))
    return repository.isPrivate ? null : 'read';
  if (who.kind === 'workflow' || who.kind === 'installation') return 'admin';
  return memberRole(repository, who.login) ?? (repository.isPrivate ? null : 'read');
}

/** Which role a subject and a level take. Who may read may open issues and pull requests and comment. */
function roleFor(subject: string, level: Level): Role {
  if (subject === 'administration' || level === 'admin') return level === 'read' ? 'write' : 'admin';
  if (level === 'read') return 'read';
  return subject === 'issues' || subject === 'pull_requests' ? 'read' : 'write';
}

function isGranted({ permissions }: Actor, repository: Repository, subject: string, level: Level): boolean {
  if (permissions === null || subject === 'metadata') return true;
  if (level === 'read' && !repository.isPrivate && !['administration', 'workflows'].includes(subject)) return true;
  const has = permissions[subject];
  return has !== undefined && isAtLeast(levels, has, level);
}

export function canRead(repository: Repository, who: Actor): boolean {
  return roleOf(repository, who) !== null;
}

/** Whether somebody may do that, as far as GitHub would say yes. */
export function may(repository: Repository, who: Actor, subject: string, level: Level): boolean {
  const role = roleOf(repository, who);
  if (role === null || (who.kind === 'anonymous' && level !== 'read')) return false;
  return isAtLeast(roles, role, roleFor(subject, level)) && isGranted(who, repository, subject, level);
}

/** Whether somebody acts in at least that role: labels take triage, reviews that count take write. */
export function hasRole(repository: Repository, who: Actor, role: Role): boolean {
  const has = roleOf(repository, who);
  return has !== null && isAtLeast(roles, has, role);
}

/** All of them are needed. */
export function requirePermission(repository: Repository, who: Actor, needs: Permissions): void {
  if (!canRead(repository, who)) throw refusals.notFound();
  const lacking = Object.entries(needs).filter(([subject, level]) => !may(repository, who, subject, level));
  if (lacking.length === 0) return;
  if (who.kind === 'anonymous') throw refusals.requiresAuthentication();
  const accepted = Object.entries(needs).map(([subject, level]) => `${subject}=${level}`);
  const by = who.kind === 'user' ? 'personal access token' : 'integration';
  throw refusals.notAccessible(by, accepted.join(','));
}

/** The repository of a path as somebody sees it: what one may not see does not exist. */
export function visibleRepository(state: State, who: Actor, owner: string, name: string): Repository | null {
  const repository = findRepository(state, owner, name);
  return repository !== undefined && canRead(repository, who) ? repository : null;
}

export interface Entered {
  readonly repository: Repository;
  readonly git: Git;
  readonly who: Actor;
}

/** The first line of each route below `/repos/:owner/:repo`: the repository, once it is sure that the asker may. */
export function enter(context: Context, c: Request<Env>, needs: Permissions): Entered {
  const who = c.get('who');
  const repository = findRepository(context.state, c.req.param('owner') ?? '', c.req.param('repo') ?? '');
  if (repository === undefined) throw refusals.notFound();
  requirePermission(repository, who, needs);
  return { repository, git: context.git(repository), who };
}
