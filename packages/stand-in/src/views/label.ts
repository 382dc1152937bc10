import type { Context } from '../context.ts';
import type { Repository } from '../records/repositories.ts';
import { isSameName } from '../state.ts';
import { nodeId, repositoryApi } from './schema.ts';

/** A label by its name. */
export function labelView(context: Context, repository: Repository, name: string) {
  const label = context.state.labels.find((one) => one.repository === repository.id && isSameName(one.name, name));
  return {
    id: label?.id ?? 0,
    node_id: nodeId('Label', label?.id ?? 0),
    url: `${repositoryApi(context, repository)}/labels/${encodeURIComponent(name)}`,
    name: label?.name ?? name,
    color: label?.color ?? 'ededed',
    default: false,
    description: label?.description ?? null,
  };
}
