import type { Context, StandInEvent } from '../context.ts';
import { repositoryView } from '../views/repository.ts';
import { nodeId } from '../views/schema.ts';
import { userView } from '../views/user.ts';
import type { Recipient } from './recipients.ts';

/** As it was when it happened: what follows does not change what is told. */
export function renderPayload(context: Context, event: StandInEvent, { installationId }: Recipient): unknown {
  const id = installationId;
  const payload = {
    ...(event.action === null ? {} : { action: event.action }),
    repository: repositoryView(context, event.repository),
    sender: userView(context, event.sender),
    ...(id === null ? {} : { installation: { id, node_id: nodeId('Installation', id) } }),
    ...event.payload,
  };
  return JSON.parse(JSON.stringify(payload));
}
