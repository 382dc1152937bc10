import { botOf, findApp } from '../apps/find-app.ts';
import type { Context } from '../context.ts';
import type { App, Installation } from '../records/people.ts';
import type { State } from '../state.ts';
import { apiOf, nodeId, type Schema } from './schema.ts';
import { userView } from './user.ts';

const installationsOf = ({ installations }: State, app: App) => installations.filter(({ appId }) => appId === app.id);

export function appView(context: Context, app: App): NonNullable<Schema<'integration'>> {
  return {
    id: app.id,
    slug: app.slug,
    node_id: nodeId('App', app.id),
    client_id: `Iv1.${app.id}`,
    owner: userView(context, app.owner),
    name: app.name,
    description: null,
    external_url: `${context.url}/apps/${app.slug}/about`,
    html_url: `${context.url}/apps/${app.slug}`,
    created_at: app.createdAt,
    updated_at: app.createdAt,
    permissions: { ...app.permissions },
    events: [...app.events],
    installations_count: installationsOf(context.state, app).length,
  };
}

/** The app through which something was done; null where a person did it without one. */
export function appViewOf(context: Context, appId: number | null): Schema<'nullable-integration'> {
  const app = findApp(context.state, appId);
  return app === undefined ? null : appView(context, app);
}

export function installationView(context: Context, installation: Installation): Schema<'installation'> {
  const app = findApp(context.state, installation.appId);
  const account = userView(context, installation.account);
  const page = `${context.url}/organizations/${installation.account}/settings/installations/${installation.id}`;
  return {
    id: installation.id,
    account,
    repository_selection: 'selected',
    access_tokens_url: `${apiOf(context)}/app/installations/${installation.id}/access_tokens`,
    repositories_url: `${apiOf(context)}/installation/repositories`,
    html_url: page,
    app_id: installation.appId,
    client_id: `Iv1.${installation.appId}`,
    target_id: Number(account.id),
    target_type: account.type,
    permissions: { ...installation.permissions },
    events: [...installation.events],
    created_at: installation.createdAt,
    updated_at: installation.createdAt,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    app_slug: app === undefined ? '' : botOf(app).replace('[bot]', ''),
    suspended_by: null,
    suspended_at: null,
  };
}
