import type { Context } from '../context.ts';
import type { User } from '../records/people.ts';
import { findUser, isSameName } from '../state.ts';
import { apiOf, nodeId, type Schema } from './schema.ts';

/** An account that was asked for itself. */
export function publicUserView(context: Context, user: User): Schema<'public-user'> {
  const owned = context.state.repositories.filter((one) => !one.isPrivate && isSameName(one.owner, user.login));
  const { id, ...plain } = userView(context, user.login);
  return {
    ...plain,
    id: Number(id),
    name: user.name,
    company: null,
    blog: null,
    location: null,
    // an address that GitHub made is nobody's public one
    email: user.email?.endsWith('@users.noreply.github.com') === true ? null : user.email,
    hireable: null,
    bio: null,
    public_repos: owned.length,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: user.createdAt,
    updated_at: user.createdAt,
  };
}

/** An account; one that is unknown here is shown as GitHub shows a deleted one. */
export function userView(context: Context, login: string): Schema<'simple-user'> {
  const user = findUser(context.state, login);
  const name = user?.login ?? 'ghost';
  const api = `${apiOf(context)}/users/${encodeURIComponent(name)}`;
  const page = user?.type === 'Bot' ? `apps/${name.replace('[bot]', '')}` : name;
  return {
    login: name,
    id: user?.id ?? 10137,
    node_id: nodeId('User', user?.id ?? 10137),
    avatar_url: `${context.url}/avatars/${encodeURIComponent(name)}`,
    gravatar_id: '',
    url: api,
    html_url: `${context.url}/${page}`,
    followers_url: `${api}/followers`,
    following_url: `${api}/following{/other_user}`,
    gists_url: `${api}/gists{/gist_id}`,
    starred_url: `${api}/starred{/owner}{/repo}`,
    subscriptions_url: `${api}/subscriptions`,
    organizations_url: `${api}/orgs`,
    repos_url: `${api}/repos`,
    events_url: `${api}/events{/privacy}`,
    received_events_url: `${api}/received_events`,
    type: user?.type ?? 'User',
    site_admin: false,
  };
}
