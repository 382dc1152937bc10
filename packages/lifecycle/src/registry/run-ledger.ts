import { type EventOf, eventsOf, LedgerEvent, wholeSeconds } from '@model-gitops/registry';
import type { Run } from '../documents.ts';
import { appendEvents, type LedgerPorts, readLedger, readLedgerAt } from './ledger.ts';

/** Runs by their key: the same code, locks, parameters, data and features make the same bytes, so they are made once. */
export interface RunLedger {
  /** The run of that key, whenever it was recorded; null where there is none. */
  findRun(model: string, key: string): Promise<Run | null>;
  /** Records a run under its key. `recorded` is false where a run of that key was there already: it stays. */
  recordRun(model: string, run: Run): Promise<{ readonly recorded: boolean }>;
}

function runOf(events: readonly LedgerEvent[], key: string): Run | null {
  const event = eventsOf(events, 'run-recorded').find((candidate) => candidate.key === key);
  // written by recordRun from a Run; the ledger's schema keeps what it does not know
  return event === undefined ? null : (event.run as unknown as Run);
}

/** A run's date is its commit's, so that a second recording is the same event; outside a commit the moment of recording. */
async function dateOf(run: Run, { git, host }: LedgerPorts): Promise<string> {
  const [commit] = run.commit === null ? [null] : await git.readObjects([run.commit]);
  return commit?.kind === 'commit' ? commit.committer.date : wholeSeconds(host.now());
}

async function eventOf(model: string, run: Run, ports: LedgerPorts): Promise<EventOf<'run-recorded'>> {
  const id = `run-recorded-${run.key.toLowerCase().replace(/[^a-z0-9]/g, '-')}`.slice(0, 128);
  const at = await dateOf(run, ports);
  const event = { schema: 'model-gitops/event/1', kind: 'run-recorded', id, model, at, key: run.key, run } as const;
  return LedgerEvent.parse(JSON.parse(JSON.stringify(event))) as EventOf<'run-recorded'>;
}

/** Runs, kept as events of the ledger. */
export function runLedger(ports: LedgerPorts): RunLedger {
  return {
    findRun: async (model, key) => runOf((await readLedger(ports.git, model)).events, key),
    async recordRun(model, run) {
      const event = await eventOf(model, run, ports);
      const { written } = await appendEvents(async (head) => {
        const { events } = await readLedgerAt(ports.git, head, model);
        return runOf(events, run.key) === null ? [event] : [];
      }, ports);
      return { recorded: written.length > 0 };
    },
  };
}
