import { createHmac } from 'node:crypto';
import type { Delivery } from '../records/webhooks.ts';

/** GitHub's patience: who takes longer was not reached. */
export const usualLimitMs = 10_000;

function headersOf({ guid, event, hook, appId }: Delivery, body: string, secret: string | null) {
  const signature = secret === null ? null : createHmac('sha256', secret).update(body).digest('hex');
  return {
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/stand-in',
    'x-github-event': event,
    'x-github-delivery': guid,
    'x-github-hook-id': String(hook ?? appId ?? 0),
    ...(appId === null
      ? {}
      : {
          'x-github-hook-installation-target-id': String(appId),
          'x-github-hook-installation-target-type': 'integration',
        }),
    ...(signature === null ? {} : { 'x-hub-signature-256': `sha256=${signature}` }),
  };
}

interface Sending {
  readonly secret: string | null;
  readonly stopped: AbortSignal;
  readonly limitMs: number;
}

/** Once; a failure is written down, never tried again. */
export async function sendDelivery(delivery: Delivery, { secret, stopped, limitMs }: Sending): Promise<void> {
  const body = JSON.stringify(delivery.payload);
  const signal = AbortSignal.any([stopped, AbortSignal.timeout(limitMs)]);
  try {
    const headers = headersOf(delivery, body, secret);
    const response = await fetch(delivery.url, { method: 'POST', headers, body, signal, redirect: 'manual' });
    await response.arrayBuffer();
    delivery.status = response.status;
  } catch (cause) {
    delivery.error = signal.aborted ? 'timed out' : cause instanceof Error ? cause.message : String(cause);
  }
}
