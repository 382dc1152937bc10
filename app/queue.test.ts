import { describe, expect, it } from 'vitest';
import { createQueue } from './queue.ts';
import type { Work } from './work.ts';

const work = (name: string, number?: number): Work => ({
  place: { owner: 'acme', name, installation: 1, defaultBranch: 'main', url: null },
  errand: number === undefined ? { kind: 'repository' } : { kind: 'pull-request', number, postOn: null },
  isFresh: false,
  askedBy: ['x'],
});

/** A world in which each run ends when it is told to. */
function world(most = 4) {
  const started: Work[] = [];
  const ends: (() => void)[] = [];
  let [atOnce, mostAtOnce] = [0, 0];
  const queue = createQueue({
    async perform(one) {
      started.push(one);
      atOnce += 1;
      mostAtOnce = Math.max(mostAtOnce, atOnce);
      await new Promise<void>((resolve) => ends.push(resolve));
      atOnce -= 1;
    },
    sleep: async () => {},
    settleMs: 0,
    most,
  });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return {
    queue,
    turn,
    names: () => started.map(({ place, errand }) => `${place.name} ${'number' in errand ? errand.number : 'all'}`),
    mostAtOnce: () => mostAtOnce,
    async endOne() {
      ends.shift()?.();
      await turn();
    },
  };
}

describe('the queue', () => {
  it('makes one run of a burst, and one more of what came while it ran', async () => {
    const { queue, turn, names, endOne } = world();
    const first = Promise.all([queue.add(work('fraud')), queue.add(work('fraud', 7)), queue.add(work('fraud'))]);
    await turn();
    expect(names()).toEqual(['fraud all']);
    let isDone = false;
    const later = Promise.all(Array.from({ length: 50 }, () => queue.add(work('fraud')))).then(() => {
      isDone = true;
    });
    await endOne();
    await first;
    expect(isDone).toBe(false);
    await endOne();
    await later;
    expect(names()).toEqual(['fraud all', 'fraud all']);
  });

  it('works on one repository at a time, and on others meanwhile, but not on too many', async () => {
    const { queue, turn, names, mostAtOnce, endOne } = world(2);
    const all = Promise.all(['a', 'b', 'c'].map((name) => queue.add(work(name))));
    void queue.add(work('a', 1));
    await turn();
    expect(names()).toEqual(['a all', 'b all']);
    for (let runs = 0; runs < 3; runs += 1) await endOne();
    await all;
    expect(mostAtOnce()).toBe(2);
  });

  it('stops: what runs ends, what waits is left to the next sweep', async () => {
    const { queue, turn, names, endOne } = world();
    const first = queue.add(work('fraud'));
    await turn();
    const waiting = queue.add(work('fraud', 7));
    let isStopped = false;
    const stopped = queue.stop().then(() => {
      isStopped = true;
    });
    await turn();
    expect(isStopped).toBe(false);
    await endOne();
    await Promise.all([first, waiting, stopped, queue.add(work('fraud'))]);
    expect(names()).toEqual(['fraud all']);
  });
});
