import { setTimeout as wait } from 'node:timers/promises';
import type { Host } from '@model-gitops/lifecycle';

/** Time and chance of this machine. */
export function systemHost(): Host {
  return {
    now: () => new Date(),
    elapsedMs: () => performance.now(),
    sleep: (milliseconds) => wait(milliseconds),
    random: () => Math.random(),
  };
}
