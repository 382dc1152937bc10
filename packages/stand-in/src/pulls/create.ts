import type { Actor } from '../actor.ts';
import type { Context } from '../context.ts';
import { newIssueRecord } from '../discussions/issue-record.ts';
import type { PullRequest } from '../records/pull-requests.ts';
import type { Repository } from '../records/repositories.ts';
import { readBranch } from '../refs/refs.ts';
import { type FieldError, refusals } from '../refusals.ts';
import { canRead } from '../require-permission.ts';
import { isSameName, nextId } from '../state.ts';
import { isOpen } from './close.ts';
import { fetchHead } from './head.ts';
import { tellPullRequest } from './tell.ts';
import { listOwnCommits } from './three-way.ts';

export const longestBody = 65_536;

export interface NewPullRequest {
  readonly title: string;
  /** `branch`, or `owner:branch`. */
  readonly head: string;
  readonly base: string;
  readonly body?: string | null | undefined;
  readonly draft?: boolean | undefined;
}

export const refuse = (error: Omit<FieldError, 'resource'>) => refusals.invalid({ resource: 'PullRequest', ...error });

export function requireShortBody(body: string | null | undefined): void {
  if ((body ?? '').length > longestBody)
    throw refuse({ field: 'body', code: 'custom', message: `body is too long (maximum is ${longestBody} characters)` });
}

interface Head {
  readonly repository: Repository;
  readonly branch: string;
  readonly label: string;
  readonly commit: string;
}

/** Of this repository or of one in the same family of forks. */
function repositoryOfHead(context: Context, base: Repository, who: Actor, owner: string): Repository | undefined {
  if (isSameName(owner, base.owner)) return base;
  const family = (one: Repository) => one.parent === base.id || one.id === base.parent;
  return context.state.repositories.find((one) => isSameName(one.owner, owner) && family(one) && canRead(one, who));
}

async function findHead(context: Context, base: Repository, who: Actor, head: string): Promise<Head> {
  const colon = head.indexOf(':');
  const owner = colon < 0 ? base.owner : head.slice(0, colon);
  const branch = head.slice(colon + 1);
  const repository = repositoryOfHead(context, base, who, owner);
  const commit = repository === undefined ? null : await readBranch(context.git(repository), branch);
  if (repository === undefined || commit === null) throw refuse({ field: 'head', code: 'invalid' });
  return { repository, branch, label: `${repository.owner}:${branch}`, commit };
}

function refuseDuplicate(context: Context, repository: Repository, head: Head, base: string): void {
  const twin = context.state.pullRequests.find(
    (one) =>
      one.repository === repository.id &&
      one.head.repository === head.repository.id &&
      one.head.branch === head.branch &&
      one.base.branch === base &&
      isOpen(context, repository, one),
  );
  if (twin !== undefined) throw refuse({ code: 'custom', message: `A pull request already exists for ${head.label}.` });
}

async function refuseEmpty(context: Context, repository: Repository, pull: PullRequest): Promise<void> {
  const git = context.git(repository);
  const { head, base } = pull;
  if ((await listOwnCommits(git, base.commit, head.commit)).length === 0)
    throw refuse({ code: 'custom', message: `No commits between ${base.branch} and ${head.branch}` });
  if ((await git.run(['merge-base', base.commit, head.commit])).exitCode !== 0)
    throw refuse({ code: 'custom', message: `The ${head.branch} branch has no history in common with ${base.branch}` });
}

/** Opens a pull request as somebody. */
export async function createPullRequest(
  context: Context,
  repository: Repository,
  who: Actor,
  asked: NewPullRequest,
): Promise<PullRequest> {
  requireShortBody(asked.body);
  const head = await findHead(context, repository, who, asked.head);
  const base = await readBranch(context.git(repository), asked.base);
  if (base === null) throw refuse({ field: 'base', code: 'invalid' });
  const plain = {
    isDraft: asked.draft ?? false,
    requestedReviewers: [],
    mergeable: null,
    mergeCommit: null,
    merged: null,
  };
  const pull: PullRequest = {
    id: nextId(context.state),
    repository: repository.id,
    number: 0,
    head: { repository: head.repository.id, branch: head.branch, label: head.label, commit: head.commit },
    base: { branch: asked.base, commit: base },
    ...plain,
  };
  if (head.repository.id !== repository.id)
    await context.git(repository).text(['fetch', '--quiet', '--no-tags', head.repository.folder, head.commit]);
  await refuseEmpty(context, repository, pull);
  // nothing is awaited from here to the records: of two at once, the second is the duplicate
  refuseDuplicate(context, repository, head, asked.base);
  repository.lastNumber += 1;
  const numbered = { ...pull, number: repository.lastNumber };
  const { title, body } = asked;
  const opening = { number: numbered.number, isPullRequest: true, title, body, author: who.login };
  context.state.issues.push(newIssueRecord(context, repository, opening));
  context.state.pullRequests.push(numbered);
  await fetchHead(context, repository, numbered);
  await tellPullRequest(context, repository, numbered, { action: 'opened', sender: who.login });
  return numbered;
}
