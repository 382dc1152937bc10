import { type LedgerEvent, wholeSeconds } from '@model-gitops/registry';
import type { Claim } from './claim-file.ts';
import { type Appended, appendToLedger, type LedgerPorts } from './ledger.ts';

/** What only one of all that see it may do. */
export interface Work {
  readonly model: string;
  readonly key: string;
}

/** After so long without its work, whoever claimed it was stopped. */
const claimMs = 10 * 60_000;

async function claim({ model, key }: Work, events: readonly LedgerEvent[], ports: LedgerPorts): Promise<Appended> {
  const { host } = ports;
  const mine: Claim = { model, key, at: wholeSeconds(host.now()), by: String(host.random()) };
  return appendToLedger({ plan: async () => events, claim: mine, seen: undefined, isTried: false }, ports);
}

/**
 * True for the one of all that ask who is to do the work. A claim whose work is still not there after ten minutes is
 * taken over, again by one: by the next claim of that key. `events` are appended in the same commit.
 */
export async function claimWork(work: Work, ports: LedgerPorts, events: readonly LedgerEvent[] = []): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    const key = tries === 1 ? work.key : `${work.key}-${tries}`;
    const { claim: standing } = await claim({ ...work, key }, tries === 1 ? events : [], ports);
    if (standing === null || standing.isOurs) return true;
    if (ports.host.now().getTime() - Date.parse(standing.at) < claimMs) return false;
  }
}

/** True for the first that ever asks: what must not be done twice is rather not done at all where that one was stopped. */
export async function claimOnce(work: Work, ports: LedgerPorts): Promise<boolean> {
  const { claim: standing } = await claim(work, [], ports);
  return standing === null || standing.isOurs;
}
