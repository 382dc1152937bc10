import type { Context } from '../context.ts';
import type { Repository } from '../records/repositories.ts';
import type { Delivery, Hook } from '../records/webhooks.ts';
import { repositoryApi, type Schema } from './schema.ts';

export const configView = ({ url, secret }: { readonly url: string | null; readonly secret: string | null }) => ({
  content_type: 'json',
  insecure_ssl: '0',
  ...(url === null ? {} : { url }),
  // GitHub never tells a secret again
  ...(secret === null ? {} : { secret: '********' }),
});

export function hookView(context: Context, repository: Repository, hook: Hook): Schema<'hook'> {
  const url = `${repositoryApi(context, repository)}/hooks/${hook.id}`;
  return {
    type: 'Repository',
    id: hook.id,
    name: 'web',
    active: true,
    events: hook.events.length === 0 ? ['*'] : [...hook.events],
    config: configView(hook),
    updated_at: repository.createdAt,
    created_at: repository.createdAt,
    url,
    test_url: `${url}/test`,
    ping_url: `${url}/pings`,
    deliveries_url: `${url}/deliveries`,
    last_response: { code: null, status: 'unused', message: null },
  };
}

/** GitHub's words for how a delivery went. */
const statusText = ({ status, error }: Delivery) =>
  error !== null ? error : status === null ? 'pending' : status < 400 ? 'OK' : `Invalid HTTP Response: ${status}`;

export function deliveryItemView(context: Context, delivery: Delivery) {
  const { installations } = context.state;
  const { id, guid, at, isRedelivery, status, event, action, appId, repository } = delivery;
  const isTold = (one: { appId: number; repositories: readonly number[] }) =>
    one.appId === appId && repository !== null && one.repositories.includes(repository);
  return {
    id,
    guid,
    delivered_at: at,
    redelivery: isRedelivery,
    duration: 0,
    status: statusText(delivery),
    status_code: status ?? 0,
    event,
    action,
    installation_id: installations.find(isTold)?.id ?? null,
    repository_id: repository,
    throttled_at: null,
  } satisfies Schema<'hook-delivery-item'>;
}

export function deliveryView(context: Context, delivery: Delivery) {
  return {
    ...deliveryItemView(context, delivery),
    url: delivery.url,
    request: { headers: null, payload: delivery.payload as Record<string, unknown> | null },
    response: { headers: null, payload: null },
  } satisfies Schema<'hook-delivery'>;
}
