import type { Context } from '../context.ts';
import type { Role } from '../records/people.ts';
import type { Schema } from './schema.ts';
import { userView } from './user.ts';

const order: readonly Role[] = ['read', 'triage', 'write', 'maintain', 'admin'];

/** null: a stranger, in a repository that is not public. */
export function collaboratorView(context: Context, login: string, role: Role | null): Schema<'collaborator'> {
  const reaches = (least: Role) => role !== null && order.indexOf(role) >= order.indexOf(least);
  return {
    ...userView(context, login),
    permissions: {
      pull: reaches('read'),
      triage: reaches('triage'),
      push: reaches('write'),
      maintain: reaches('maintain'),
      admin: reaches('admin'),
    },
    role_name: role ?? 'none',
  };
}

/** GitHub's older answer knows four words: a maintainer writes, who triages reads. */
export function permissionOf(role: Role | null): 'admin' | 'write' | 'read' | 'none' {
  if (role === null) return 'none';
  return role === 'maintain' ? 'write' : role === 'triage' ? 'read' : role;
}
