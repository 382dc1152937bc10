import { randomIndices } from '@model-gitops/statistics';

/** What goes wrong with one call. `before`: nothing was done. `after`: it was done, and the answer is lost. */
export type Fault =
  | { readonly kind: 'error'; readonly when: 'before' | 'after'; readonly status?: 500 | 502 | 503 | 504 }
  /** `midway`: half of the answer arrives. */
  | { readonly kind: 'reset'; readonly when: 'before' | 'after' | 'midway' }
  /** Never answers. */
  | { readonly kind: 'silence'; readonly when: 'before' | 'after' }
  /** Too much at once; `status` 403 or 429. */
  | { readonly kind: 'secondary-limit'; readonly retryAfterSeconds?: number; readonly status?: 403 | 429 }
  /** The hour's calls are used up. */
  | { readonly kind: 'primary-limit'; readonly resetSeconds?: number }
  /** The answer of a copy that does not know the last move of a ref yet. */
  | { readonly kind: 'stale' }
  | { readonly kind: 'slow'; readonly milliseconds: number };

export type PlannedFault = Fault & {
  /** Only calls of that route are counted and struck (`POST /repos/{owner}/{repo}/pulls`, `query ReadObjects`); all calls of the API without it. */
  readonly route?: string;
  /** The first call that is struck, counted from 0 since the plan was made. */
  readonly at?: number;
  /** How many calls from there on; 1 when not given. */
  readonly times?: number;
};

/** Strikes by the seed: each call with that share. */
export interface RandomFaults {
  readonly seed: number;
  readonly share: number;
  /** Drawn from evenly. */
  readonly faults: readonly Fault[];
}

interface StruckCall {
  readonly route: string;
  readonly fault: Fault;
}

export interface FaultPlan {
  /** Takes the place of the plan before. */
  plan(faults: readonly PlannedFault[]): void;
  random(faults: RandomFaults): void;
  clear(): void;
  /** What went wrong since the plan was made, in order: a fault that struck nothing tested nothing. */
  readonly struck: readonly StruckCall[];
}

type Choose = (route: string, isApi: boolean) => Fault | null;

function planned(faults: readonly PlannedFault[]): Choose {
  const seen = faults.map(() => 0);
  return (route, isApi) => {
    let struck: Fault | null = null;
    for (const [index, fault] of faults.entries()) {
      if (fault.route === undefined ? !isApi : fault.route !== route) continue;
      const call = seen[index] ?? 0;
      seen[index] = call + 1;
      const { at = 0, times = 1 } = fault;
      if (call >= at && call < at + times) struck ??= fault;
    }
    return struck;
  };
}

function drawn({ seed, share, faults }: RandomFaults): Choose {
  const below = randomIndices(seed);
  return (_route, isApi) => {
    if (!isApi || faults.length === 0) return null;
    const [luck, index] = [below(1_000_000), below(faults.length)];
    return luck < share * 1_000_000 ? (faults[index] ?? null) : null;
  };
}

/** Decides, call by call. The same plan and the same calls give the same faults. */
export function createFaultPlan(): FaultPlan & { choose: Choose } {
  const struck: StruckCall[] = [];
  let current: Choose = () => null;
  const start = (choose: Choose) => {
    struck.length = 0;
    current = choose;
  };
  return {
    struck,
    plan: (faults) => start(planned(faults)),
    random: (faults) => start(drawn(faults)),
    clear: () => start(() => null),
    choose(route, isApi) {
      const fault = current(route, isApi);
      if (fault !== null) struck.push({ route, fault });
      return fault;
    },
  };
}
