import type { Context } from '../context.ts';
import type { Commit, Person } from '../objects/parse.ts';
import { verificationOf } from '../objects/signature.ts';
import { findUserByEmail } from '../people.ts';
import { type ChangedFile, diffOfCommit } from '../pulls/diff.ts';
import type { Repository } from '../records/repositories.ts';
import { shownMessage } from './git-objects.ts';
import { nodeId, repositoryApi, repositoryPage, type Schema } from './schema.ts';
import { userView } from './user.ts';

/** The account whose address a commit names; null where nobody has it. */
function accountOf(context: Context, { email }: Person): Schema<'simple-user'> | null {
  const user = findUserByEmail(context, email);
  return user === undefined ? null : userView(context, user.login);
}

export function commitView(context: Context, repository: Repository, commit: Commit): Schema<'commit'> {
  const api = repositoryApi(context, repository);
  const page = (id: string) => `${repositoryPage(context, repository)}/commit/${id}`;
  const url = `${api}/commits/${commit.id}`;
  return {
    url,
    sha: commit.id,
    node_id: nodeId('Commit', `${repository.id}:${commit.id}`),
    html_url: page(commit.id),
    comments_url: `${url}/comments`,
    commit: {
      url: `${api}/git/commits/${commit.id}`,
      author: { ...commit.author },
      committer: { ...commit.committer },
      message: shownMessage(commit.message),
      comment_count: 0,
      tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
      verification: verificationOf(context, commit),
    },
    author: accountOf(context, commit.author),
    committer: accountOf(context, commit.committer),
    parents: commit.parents.map((id) => ({ sha: id, url: `${api}/commits/${id}`, html_url: page(id) })),
  };
}

export function fileView(
  context: Context,
  repository: Repository,
  commit: string,
  file: ChangedFile,
): Schema<'diff-entry'> {
  const page = repositoryPage(context, repository);
  const path = file.path.split('/').map(encodeURIComponent).join('/');
  return {
    sha: file.id,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${page}/blob/${commit}/${path}`,
    raw_url: `${page}/raw/${commit}/${path}`,
    contents_url: `${repositoryApi(context, repository)}/contents/${path}?ref=${commit}`,
    ...(file.oldPath === null ? {} : { previous_filename: file.oldPath }),
  };
}

/** A commit that was asked for itself: with what it changes. */
export async function fullCommitView(
  context: Context,
  repository: Repository,
  commit: Commit,
): Promise<Schema<'commit'>> {
  const files = await diffOfCommit(context.git(repository), commit.id, commit.parents[0]);
  const additions = files.reduce((sum, file) => sum + file.additions, 0);
  const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
  return {
    ...commitView(context, repository, commit),
    stats: { additions, deletions, total: additions + deletions },
    files: files.map((file) => fileView(context, repository, commit.id, file)),
  };
}
