import { wholeSeconds } from '@model-gitops/registry';
import type { ObjectId } from '../ports/index.ts';
import type { Claim, StandingClaim } from './claim-file.ts';
import { type Appended, appendToLedger, type EventPlan, type LedgerPorts } from './ledger.ts';

/** What only one of all that see it may do. */
export interface Work {
  readonly model: string;
  readonly key: string;
}

export interface Claimed extends Appended {
  /** Whether it is ours to do. */
  isOurs(work: Work): boolean;
}

/** After so long without its work, whoever claimed it was stopped. */
const claimMs = 10 * 60_000;

function claimOf({ model, key }: Work, { host }: LedgerPorts): Claim {
  return { model, key, at: wholeSeconds(host.now()), by: String(host.random()) };
}

function append(
  works: readonly Work[],
  plan: EventPlan,
  ports: LedgerPorts,
  seen?: ObjectId | null,
): Promise<Appended> {
  const claims = works.map((work) => claimOf(work, ports));
  return appendToLedger({ plan, claims, seen, isTried: false }, ports);
}

const noEvents: EventPlan = async () => [];

function isAbandoned({ at }: StandingClaim, { host }: LedgerPorts): boolean {
  return host.now().getTime() - Date.parse(at) >= claimMs;
}

/** Takes over what somebody was stopped in, unless somebody else just did: by the next claim of that key. */
async function takeOver(standing: StandingClaim, ports: LedgerPorts): Promise<boolean> {
  for (let tries = 2, last = standing; ; tries += 1) {
    if (last.isOurs) return true;
    if (!isAbandoned(last, ports)) return false;
    const { claims } = await append([{ model: standing.model, key: `${standing.key}-${tries}` }], noEvents, ports);
    const [next] = claims;
    if (next === undefined) return false;
    last = next;
  }
}

const nameOf = ({ model, key }: Work) => `${model} ${key}`;

/**
 * Appends events, and in the same commit claims work: of all that ask, one is to do it. A claim whose work is still not
 * there after ten minutes is taken over, again by one. `seen`: the ledger's head, where it has just been read.
 */
export async function claimWork(
  works: readonly Work[],
  plan: EventPlan,
  ports: LedgerPorts,
  seen?: ObjectId | null,
): Promise<Claimed> {
  const appended = await append(works, plan, ports, seen);
  const ours = new Set<string>();
  for (const standing of appended.claims) if (await takeOver(standing, ports)) ours.add(nameOf(standing));
  return { ...appended, isOurs: (work) => ours.has(nameOf(work)) };
}

/** True for the first that ever asks: what must not be done twice is rather not done at all where that one was stopped. */
export async function claimOnce(work: Work, ports: LedgerPorts): Promise<boolean> {
  const { claims } = await append([work], noEvents, ports);
  return claims[0]?.isOurs ?? true;
}
