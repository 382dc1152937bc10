import type { Repository } from '../records/repositories.ts';
import { memberRole } from '../require-permission.ts';
import { isSameName } from '../state.ts';
import type { Schema } from './schema.ts';

/** What an author is to a repository. */
export function associationOf(repository: Repository, login: string): Schema<'author-association'> {
  if (isSameName(repository.owner, login)) return 'OWNER';
  return memberRole(repository, login) === null ? 'NONE' : 'COLLABORATOR';
}
