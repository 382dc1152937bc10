import type { Context } from '../context.ts';
import type { Git } from '../git.ts';
import type { Commit, Tag } from '../objects/parse.ts';
import { verificationOf } from '../objects/signature.ts';
import type { Repository } from '../records/repositories.ts';
import { nodeId, repositoryApi, repositoryPage, type Schema } from './schema.ts';

/** GitHub shows messages of commits without the newline that git ends them with. */
export const shownMessage = (message: string): string => message.replace(/\n+$/, '');

export function gitCommitView(context: Context, repository: Repository, commit: Commit): Schema<'git-commit'> {
  const api = `${repositoryApi(context, repository)}/git`;
  const page = (id: string) => `${repositoryPage(context, repository)}/commit/${id}`;
  return {
    sha: commit.id,
    node_id: nodeId('Commit', `${repository.id}:${commit.id}`),
    url: `${api}/commits/${commit.id}`,
    html_url: page(commit.id),
    author: { ...commit.author },
    committer: { ...commit.committer },
    message: shownMessage(commit.message),
    tree: { sha: commit.tree, url: `${api}/trees/${commit.tree}` },
    parents: commit.parents.map((id) => ({ sha: id, url: `${api}/commits/${id}`, html_url: page(id) })),
    verification: verificationOf(context, commit),
  };
}

export function gitTagView(context: Context, repository: Repository, tag: Tag): Schema<'git-tag'> {
  const api = `${repositoryApi(context, repository)}/git`;
  const { id, kind } = tag.target;
  return {
    node_id: nodeId('Tag', `${repository.id}:${tag.id}`),
    sha: tag.id,
    url: `${api}/tags/${tag.id}`,
    tag: tag.name,
    message: tag.message,
    tagger: tag.tagger ?? { name: '', email: '', date: '1970-01-01T00:00:00Z' },
    object: { sha: id, type: kind, url: `${api}/${kind}s/${id}` },
    verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
  };
}

export async function gitRefView(
  context: Context,
  repository: Repository,
  git: Git,
  ref: { readonly name: string; readonly id: string },
): Promise<Schema<'git-ref'>> {
  const api = `${repositoryApi(context, repository)}/git`;
  const type = (await git.read(ref.id))?.kind ?? 'commit';
  return {
    ref: ref.name,
    node_id: nodeId('Ref', `${repository.id}:${ref.name}`),
    url: `${api}/${ref.name}`,
    object: { sha: ref.id, type, url: `${api}/${type}s/${ref.id}` },
  };
}
