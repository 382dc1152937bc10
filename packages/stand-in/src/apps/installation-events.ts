import type { Context } from '../context.ts';
import type { Installation } from '../records/people.ts';
import type { Repository } from '../records/repositories.ts';
import { installationView } from '../views/app.ts';
import { fullName, nodeId } from '../views/schema.ts';

/** Told to the app itself, whatever it subscribed to; about an account, so without `repository`. */
export function tellInstallation(
  context: Context,
  installation: Installation,
  repository: Repository,
  isNew: boolean,
): void {
  const { id, name, isPrivate } = repository;
  const added = { id, node_id: nodeId('Repository', id), name, full_name: fullName(repository), private: isPrivate };
  const about = { installation: installationView(context, installation), repository: undefined, requester: null };
  context.emit({
    name: isNew ? 'installation' : 'installation_repositories',
    action: isNew ? 'created' : 'added',
    repository,
    sender: installation.account,
    onlyApp: installation.appId,
    payload: isNew
      ? { ...about, repositories: [added] }
      : { ...about, repository_selection: 'selected', repositories_added: [added], repositories_removed: [] },
  });
}
