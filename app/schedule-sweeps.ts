import type { Host } from '@model-gitops/lifecycle';
import { nextSweepMs } from './sweep.ts';

export interface Schedule {
  stop(): void;
}

/** Sweeps at once, and then again and again; a sweep that takes longer than the period is not overtaken. */
export function scheduleSweeps(minutes: number, host: Pick<Host, 'random'>, run: () => Promise<unknown>): Schedule {
  let timer: NodeJS.Timeout | null = null;
  let isStopped = false;
  const next = async () => {
    await run();
    if (isStopped) return;
    timer = setTimeout(() => void next(), nextSweepMs(minutes, host.random()));
    timer.unref();
  };
  void next();
  return {
    stop() {
      isStopped = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
