import type { Actor } from '../actor.ts';
import type { Context } from '../context.ts';
import type { Repository } from '../records/repositories.ts';
import { hasRole } from '../require-permission.ts';
import { findRepositoryById } from '../state.ts';
import { fullName, nodeId, repositoryApi, repositoryPage, type Schema } from './schema.ts';
import { userView } from './user.ts';

function urlsOf(context: Context, repository: Repository) {
  const url = repositoryApi(context, repository);
  const page = repositoryPage(context, repository);
  return {
    html_url: page,
    url,
    archive_url: `${url}/{archive_format}{/ref}`,
    assignees_url: `${url}/assignees{/user}`,
    blobs_url: `${url}/git/blobs{/sha}`,
    branches_url: `${url}/branches{/branch}`,
    collaborators_url: `${url}/collaborators{/collaborator}`,
    comments_url: `${url}/comments{/number}`,
    commits_url: `${url}/commits{/sha}`,
    compare_url: `${url}/compare/{base}...{head}`,
    contents_url: `${url}/contents/{+path}`,
    contributors_url: `${url}/contributors`,
    deployments_url: `${url}/deployments`,
    downloads_url: `${url}/downloads`,
    events_url: `${url}/events`,
    forks_url: `${url}/forks`,
    git_commits_url: `${url}/git/commits{/sha}`,
    git_refs_url: `${url}/git/refs{/sha}`,
    git_tags_url: `${url}/git/tags{/sha}`,
    git_url: `${page.replace(/^http/, 'git')}.git`,
    issue_comment_url: `${url}/issues/comments{/number}`,
    issue_events_url: `${url}/issues/events{/number}`,
    issues_url: `${url}/issues{/number}`,
    keys_url: `${url}/keys{/key_id}`,
    labels_url: `${url}/labels{/name}`,
    languages_url: `${url}/languages`,
    merges_url: `${url}/merges`,
    milestones_url: `${url}/milestones{/number}`,
    notifications_url: `${url}/notifications{?since,all,participating}`,
    pulls_url: `${url}/pulls{/number}`,
    releases_url: `${url}/releases{/id}`,
    ssh_url: `git@${new URL(context.url).hostname}:${fullName(repository)}.git`,
    stargazers_url: `${url}/stargazers`,
    statuses_url: `${url}/statuses/{sha}`,
    subscribers_url: `${url}/subscribers`,
    subscription_url: `${url}/subscription`,
    tags_url: `${url}/tags`,
    teams_url: `${url}/teams`,
    trees_url: `${url}/git/trees{/sha}`,
    clone_url: `${page}.git`,
    mirror_url: null,
    hooks_url: `${url}/hooks`,
    svn_url: page,
  };
}

/** A repository as it stands in other answers and in events. */
export function repositoryView(context: Context, repository: Repository): Schema<'repository'> {
  const issues = context.state.issues.filter((one) => one.repository === repository.id && one.state === 'open').length;
  const forks = context.state.repositories.filter((one) => one.parent === repository.id).length;
  return {
    id: repository.id,
    node_id: nodeId('Repository', repository.id),
    name: repository.name,
    full_name: fullName(repository),
    owner: userView(context, repository.owner),
    private: repository.isPrivate,
    description: null,
    fork: repository.parent !== null,
    ...urlsOf(context, repository),
    homepage: null,
    language: null,
    forks_count: forks,
    stargazers_count: 0,
    watchers_count: 0,
    size: 0,
    default_branch: repository.defaultBranch,
    open_issues_count: issues,
    has_issues: true,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_downloads: true,
    has_discussions: false,
    archived: false,
    disabled: false,
    topics: [],
    visibility: repository.isPrivate ? 'private' : 'public',
    pushed_at: repository.pushedAt,
    created_at: repository.createdAt,
    updated_at: repository.pushedAt,
    license: null,
    forks,
    open_issues: issues,
    watchers: 0,
  };
}

/** A repository that was asked for itself: with what the asker may do, and where it is forked from. */
export function fullRepositoryView(
  context: Context,
  repository: Repository,
  who: Actor,
): Omit<Schema<'full-repository'>, 'security_and_analysis'> {
  const parent = repository.parent === null ? undefined : findRepositoryById(context.state, repository.parent);
  const isMember = who.kind !== 'anonymous';
  const { license: _license, ...plain } = repositoryView(context, repository);
  return {
    ...plain,
    pushed_at: repository.pushedAt,
    created_at: repository.createdAt,
    updated_at: repository.pushedAt,
    has_discussions: false,
    license: null,
    subscribers_count: 0,
    network_count: plain.forks_count,
    permissions: {
      admin: isMember && hasRole(repository, who, 'admin'),
      maintain: isMember && hasRole(repository, who, 'maintain'),
      push: isMember && hasRole(repository, who, 'write'),
      triage: isMember && hasRole(repository, who, 'triage'),
      pull: true,
    },
    allow_squash_merge: true,
    allow_merge_commit: true,
    allow_rebase_merge: true,
    ...(parent === undefined
      ? {}
      : { parent: repositoryView(context, parent), source: repositoryView(context, parent) }),
  };
}
