import { type Log, tellThrown } from './log.ts';
import { keyOfPlace, type Place, type Work } from './work.ts';

export interface SweepOptions {
  readonly listInstallations: () => Promise<readonly number[]>;
  readonly listPlaces: (installation: number) => Promise<readonly Place[]>;
  readonly add: (work: Work) => Promise<void>;
  readonly onDone: () => void;
  readonly log: Log;
}

async function listSafely<Result>(
  { log }: SweepOptions,
  fields: Readonly<Record<string, unknown>>,
  list: () => Promise<readonly Result[]>,
): Promise<readonly Result[]> {
  try {
    return await list();
  } catch (thrown) {
    tellThrown(log, { askedBy: ['sweep'], ...fields }, thrown);
    return [];
  }
}

/**
 * Looks at every repository of every installation: what a lost delivery would have told is found here. What fails is
 * told, and stops nothing else. Answers how many repositories there were.
 */
export async function sweep(options: SweepOptions): Promise<number> {
  const installations = await listSafely(options, {}, options.listInstallations);
  const lists = await Promise.all(
    installations.map((one) => listSafely(options, { installation: one }, () => options.listPlaces(one))),
  );
  const places = new Map(lists.flat().map((place) => [keyOfPlace(place), place]));
  const works = [...places.values()].map(
    (place): Work => ({ place, errand: { kind: 'repository' }, isFresh: true, askedBy: ['sweep'] }),
  );
  await Promise.all(works.map(options.add));
  options.onDone();
  options.log.info({ installations: installations.length, repositories: works.length }, 'swept');
  return works.length;
}

/** Until the next sweep: about the period, so that many instances do not ask at once. `chance` is in [0, 1). */
export function nextSweepMs(minutes: number, chance: number): number {
  return Math.round(minutes * 60_000 * (0.9 + 0.2 * chance));
}
