import { keyOfPlace, type Place } from './work.ts';

/** How the last look at a repository ended. */
export type LookOutcome = 'pass' | 'fail' | 'inconclusive' | 'problem' | 'defect';

interface Seen {
  readonly at: string;
  readonly outcome: LookOutcome;
}

export interface Health {
  readonly status: 'ok' | 'stopping';
  readonly version: string;
  readonly uptimeSeconds: number;
  /** null: none has ended yet. */
  readonly lastSweep: string | null;
  /** By `owner/name`: the last time that the whole of it was looked at. */
  readonly repositories: Readonly<Record<string, Seen>>;
}

export interface HealthRecord {
  saw(place: Place, outcome: LookOutcome): void;
  forget(place: Pick<Place, 'owner' | 'name'>): void;
  swept(): void;
  stopping(): void;
  tell(): Health;
}

/** What `/health` answers: names and times, nothing that opens a door. */
export function createHealth(version: string, now: () => Date): HealthRecord {
  const since = now().getTime();
  const repositories = new Map<string, Seen>();
  let [lastSweep, isStopping]: [string | null, boolean] = [null, false];
  return {
    saw: (place, outcome) => void repositories.set(keyOfPlace(place), { at: now().toISOString(), outcome }),
    forget: (place) => void repositories.delete(keyOfPlace(place)),
    swept() {
      lastSweep = now().toISOString();
    },
    stopping() {
      isStopping = true;
    },
    tell: () => ({
      status: isStopping ? 'stopping' : 'ok',
      version,
      uptimeSeconds: Math.round((now().getTime() - since) / 1000),
      lastSweep,
      repositories: Object.fromEntries([...repositories].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    }),
  };
}
