import type { Context } from '../context.ts';
import type { PullRequest } from '../records/pull-requests.ts';
import type { Repository } from '../records/repositories.ts';
import { findRepositoryById } from '../state.ts';

export const headRef = ({ number }: PullRequest): string => `refs/pull/${number}/head`;

export function headRepository({ state }: Context, { head }: PullRequest): Repository | null {
  return head.repository === null ? null : (findRepositoryById(state, head.repository) ?? null);
}

/** Brings the head into the base's repository, where it stays also when the branch or the fork goes. */
export async function fetchHead(context: Context, repository: Repository, pull: PullRequest): Promise<void> {
  const git = context.git(repository);
  const from = headRepository(context, pull);
  if (from !== null && from.id !== repository.id)
    await git.text(['fetch', '--quiet', '--no-tags', from.folder, pull.head.commit]);
  await git.text(['update-ref', headRef(pull), pull.head.commit]);
}
