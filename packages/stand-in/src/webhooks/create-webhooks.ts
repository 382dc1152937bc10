import { randomUUID } from 'node:crypto';
import { type Context, type StandInEvent, timeOf } from '../context.ts';
import type { Delivery, Hook } from '../records/webhooks.ts';
import { namedRepository } from '../repositories.ts';
import { nextId } from '../state.ts';
import { type Recipient, recipientsOf, secretOf } from './recipients.ts';
import { createRelay, type RelayPlan } from './relay.ts';
import { renderPayload } from './render-payload.ts';
import { sendDelivery, usualLimitMs } from './send-delivery.ts';

interface ForeignEvent {
  readonly name: string;
  readonly action: string | null;
  /** `owner/name`. */
  readonly repository: string;
  /** Login. */
  readonly sender: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** What a test sees of the deliveries, and what it may do to them. */
export interface Webhooks {
  /** All, in the order of what happened; a dropped one too. */
  readonly deliveries: readonly Delivery[];
  /** Nothing is queued or under way, nor what the handlers caused. Waits for `release` after `hold`. */
  settled(): Promise<void>;
  /** From now on; `{}` ends it. */
  relay(plan: RelayPlan): void;
  hold(): void;
  release(): void;
  /** How long a listener may take: GitHub's 10 s, until a test says less. */
  limit(milliseconds: number): void;
  /** What this stand-in does not do itself, as if it had: a merge queue asks for checks. */
  tell(event: ForeignEvent): void;
  /** Sends the last delivery of that GUID again, under the same GUID. */
  redeliver(guid: string): void;
  /** A further address: of the app whose secret it is, otherwise one that is told everything. Ends by what it answers. */
  addListener(url: string, secret: string): () => void;
}

/** How long it must stay quiet: a handler may answer before the requests that it makes. */
const quietMs = 15;
const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function recordDelivery(context: Context, event: StandInEvent, recipient: Recipient): Delivery {
  const { hook, appId, url } = recipient;
  const delivery: Delivery = {
    id: nextId(context.state),
    guid: randomUUID(),
    hook,
    appId,
    url,
    event: event.name,
    action: event.action,
    repository: event.repository.id,
    isRedelivery: false,
    at: timeOf(context),
    status: null,
    error: null,
    payload: renderPayload(context, event, recipient),
  };
  context.state.deliveries.push(delivery);
  return delivery;
}

interface Queue {
  isQuiet(): boolean;
  add(delivery: Delivery): void;
  addUnharmed(delivery: Delivery): void;
  relay(plan: RelayPlan): void;
  hold(): void;
  release(): void;
  limit(milliseconds: number): void;
  stop(): void;
}

/** Sends what is queued from outside of the request that queued it. */
function createQueue({ state }: Context): Queue {
  const [waiting, late]: [Delivery[], Delivery[]] = [[], []];
  const stopping = new AbortController();
  let [isHeld, isPlanned, underWay, limitMs] = [false, false, 0, usualLimitMs];
  let draw = createRelay({});

  const send = async (delivery: Delivery) => {
    underWay += 1;
    await sendDelivery(delivery, { secret: secretOf(state, delivery), stopped: stopping.signal, limitMs });
    underWay -= 1;
    plan();
  };
  const sendAll = () => {
    isPlanned = false;
    if (isHeld || stopping.signal.aborted) return;
    const batch = waiting.splice(0);
    if (batch.length === 0 && underWay === 0) batch.push(...late.splice(0));
    for (const delivery of batch) void send(delivery);
  };
  const plan = () => {
    if (isPlanned || waiting.length + late.length === 0) return;
    isPlanned = true;
    setImmediate(sendAll);
  };
  const addUnharmed = (delivery: Delivery) => {
    waiting.push(delivery);
    plan();
  };
  return {
    isQuiet: () => waiting.length + late.length + underWay === 0,
    addUnharmed,
    add(delivery) {
      const fate = draw();
      if (fate === 'drop') delivery.error = 'dropped by the relay';
      if (fate === 'late') late.push(delivery);
      if (fate === 'send' || fate === 'double') addUnharmed(delivery);
      if (fate === 'double') addUnharmed(delivery);
      plan();
    },
    relay(given) {
      draw = createRelay(given);
    },
    hold() {
      isHeld = true;
    },
    release() {
      isHeld = false;
      plan();
    },
    limit(milliseconds) {
      limitMs = milliseconds;
    },
    stop: () => stopping.abort(),
  };
}

function addListener({ state }: Context, url: string, secret: string): () => void {
  const appId = state.apps.find(({ webhookSecret }) => webhookSecret === secret)?.id ?? null;
  const hook: Hook = { id: nextId(state), repository: null, appId, url, secret, events: [] };
  state.hooks.push(hook);
  return () => void state.hooks.splice(state.hooks.indexOf(hook), 1);
}

/** `isBusy`: whether requests are under way that may cause further events. */
export function createWebhooks(context: Context, isBusy: () => boolean): Webhooks & { stop(): void } {
  const { state } = context;
  const queue = createQueue(context);
  context.onEvent((event) => {
    for (const recipient of recipientsOf(state, event)) queue.add(recordDelivery(context, event, recipient));
  });
  const isQuiet = () => queue.isQuiet() && !isBusy();
  return {
    deliveries: state.deliveries,
    async settled() {
      for (let quiet = 0; quiet < 2; quiet = isQuiet() ? quiet + 1 : 0) await sleep(quietMs / 2);
    },
    relay: queue.relay,
    hold: queue.hold,
    release: queue.release,
    limit: queue.limit,
    tell: (event) => context.emit({ ...event, repository: namedRepository(context, event.repository) }),
    redeliver(guid) {
      const sent = state.deliveries.findLast((one) => one.guid === guid);
      if (sent === undefined) throw new Error(`the stand-in delivered nothing as ${guid}`);
      const again = { ...sent, id: nextId(state), isRedelivery: true, at: timeOf(context), status: null, error: null };
      state.deliveries.push(again);
      queue.addUnharmed(again);
    },
    addListener: (url, secret) => addListener(context, url, secret),
    stop: queue.stop,
  };
}
