import { addWork, keyOfPlace, type Work } from './work.ts';

export interface QueueOptions {
  /** Never rejects. */
  readonly perform: (work: Work) => Promise<void>;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** How long a burst may last: what comes meanwhile is done in one run. */
  readonly settleMs: number;
  /** Repositories that are worked on at the same time. */
  readonly most: number;
}

export interface Queue {
  /** Resolves when it was done, or another run made it needless; also when the queue stopped before. */
  add(work: Work): Promise<void>;
  /** Takes no new work, drops what waits; resolves when what runs has ended. */
  stop(): Promise<void>;
}

/** Lets at most that many in; the others wait in their order. */
function createGate(most: number) {
  const waiting: (() => void)[] = [];
  let inside = 0;
  return {
    async enter(): Promise<void> {
      if (inside < most) inside += 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
    },
    leave(): void {
      const next = waiting.shift();
      if (next === undefined) inside -= 1;
      else next();
    },
  };
}

/** What waits for one repository, done in one go. */
interface Batch {
  work: readonly Work[];
  readonly isDone: Promise<void>;
  readonly finish: () => void;
}

function emptyBatch(): Batch {
  let finish = () => {};
  const isDone = new Promise<void>((resolve) => {
    finish = resolve;
  });
  return { work: [], isDone, finish };
}

/**
 * One run a repository at a time, in this process. Others, here or elsewhere, may run at once: nothing rests on this
 * but the number of calls.
 */
export function createQueue({ perform, sleep, settleMs, most }: QueueOptions): Queue {
  const gate = createGate(most);
  const waiting = new Map<string, Batch>();
  const running = new Map<string, Promise<void>>();
  let isStopped = false;

  async function performAll({ work }: Batch): Promise<void> {
    for (const one of work) if (!isStopped) await perform(one);
  }
  async function drain(key: string): Promise<void> {
    await sleep(settleMs);
    await gate.enter();
    try {
      for (let batch = waiting.get(key); batch !== undefined; batch = waiting.get(key)) {
        waiting.delete(key);
        await performAll(batch);
        batch.finish();
      }
    } finally {
      gate.leave();
      running.delete(key);
    }
  }
  return {
    add(work) {
      if (isStopped) return Promise.resolve();
      const key = keyOfPlace(work.place);
      const batch = waiting.get(key) ?? emptyBatch();
      batch.work = addWork(batch.work, work);
      waiting.set(key, batch);
      if (!running.has(key)) running.set(key, drain(key));
      return batch.isDone;
    },
    async stop() {
      isStopped = true;
      await Promise.all(running.values());
    },
  };
}
