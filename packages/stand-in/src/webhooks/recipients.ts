import { installationOn } from '../apps/apps.ts';
import { findApp } from '../apps/find-app.ts';
import type { StandInEvent } from '../context.ts';
import type { App } from '../records/people.ts';
import type { Delivery, Hook } from '../records/webhooks.ts';
import type { State } from '../state.ts';

/** Where an event goes to. */
export interface Recipient {
  readonly hook: number | null;
  readonly appId: number | null;
  readonly installationId: number | null;
  readonly url: string;
}

/** GitHub tells an app of its own installations unasked. */
const isUnasked = ({ name }: StandInEvent) => name === 'installation' || name === 'installation_repositories';

/** What an app is told at one address: only what it subscribed to, only where it is installed. */
function recipientsOfApp(state: State, event: StandInEvent, appId: number, urls: readonly (string | Hook)[]) {
  const installation = installationOn(state, appId, event.repository);
  if (installation === undefined) return [];
  if (!isUnasked(event) && !installation.events.includes(event.name)) return [];
  return urls.map((target) => ({
    hook: typeof target === 'string' ? null : target.id,
    appId,
    installationId: installation.id,
    url: typeof target === 'string' ? target : target.url,
  }));
}

function isHookOf(hook: Hook, event: StandInEvent): boolean {
  if (event.onlyHook !== undefined) return hook.id === event.onlyHook;
  if (hook.appId !== null || event.onlyApp !== undefined) return false;
  if (hook.repository !== null && hook.repository !== event.repository.id) return false;
  return hook.events.length === 0 || hook.events.includes('*') || hook.events.includes(event.name);
}

/** Apps in the order of their making, each with its further instances; then the hooks of the repository. */
export function recipientsOf(state: State, event: StandInEvent): Recipient[] {
  const isMeant = ({ id }: App) => event.onlyHook === undefined && (event.onlyApp ?? id) === id;
  const apps = state.apps.filter(isMeant);
  const ofApps = apps.flatMap(({ id, webhookUrl }) => {
    const further = state.hooks.filter(({ appId }) => appId === id);
    return recipientsOfApp(state, event, id, webhookUrl === null ? further : [webhookUrl, ...further]);
  });
  const ofHooks = state.hooks
    .filter((hook) => isHookOf(hook, event))
    .map(({ id, url }) => ({ hook: id, appId: null, installationId: null, url }));
  return [...ofApps, ...ofHooks];
}

/** What signs a delivery, as it is when it is sent. */
export function secretOf(state: State, { hook, appId }: Delivery): string | null {
  if (hook !== null) return state.hooks.find(({ id }) => id === hook)?.secret ?? null;
  return findApp(state, appId)?.webhookSecret ?? null;
}
