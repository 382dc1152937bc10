import { isProblem } from '@model-gitops/host';
import type { Errand, ReconcileDocument, ReconcilePorts } from '@model-gitops/lifecycle';
import type { HealthRecord } from './health.ts';
import { type Fields, type Log, tellThrown } from './log.ts';
import type { Repositories } from './repositories.ts';
import type { Place, Work } from './work.ts';

export interface PerformOptions {
  readonly repositories: Repositories;
  readonly run: (errand: Errand, ports: ReconcilePorts) => Promise<ReconcileDocument>;
  readonly health: Pick<HealthRecord, 'saw'>;
  readonly log: Log;
  /** For how long something took. */
  readonly elapsedMs: () => number;
}

/** What a line says of an errand; never what somebody wrote. */
function fieldsOf({ place, errand, askedBy }: Work): Fields {
  const what = errand.kind === 'repository' ? {} : { number: errand.number };
  return { repository: `${place.owner}/${place.name}`, errand: errand.kind, ...what, askedBy };
}

function tellDone(log: Log, fields: Fields, { outcome, changes, applied, notes }: ReconcileDocument, ms: number): void {
  const told = changes.map(({ kind, reason }) => ({ kind, reason }));
  const words = applied ? `${changes.length} changed` : 'nothing to change';
  log.info({ ...fields, outcome, changes: told, notes, ms: Math.round(ms) }, words);
}

/** Registrations that stopped are the sweep's: no event would be told sooner. */
const isSwept = ({ askedBy }: Work) => askedBy.includes('sweep');

const ofToken = ['forge-permission', 'forge-credentials', 'forge-not-found'];

/** What a token may was settled when it was made: with a new one it may be more. */
function isOfToken(thrown: unknown): boolean {
  return isProblem(thrown) && thrown.problems.some(({ code }) => ofToken.includes(code));
}

/** Does one errand and tells how it ended. Never rejects: what failed is tried again by the next event, or the sweep. */
export function performWith(options: PerformOptions): (work: Work) => Promise<void> {
  const { repositories, run, health, log, elapsedMs } = options;
  const saw = ({ errand }: Work, place: Place, outcome: Parameters<HealthRecord['saw']>[1]) => {
    if (errand.kind === 'repository') health.saw(place, outcome);
  };
  return async (work) => {
    const fields = fieldsOf(work);
    const start = elapsedMs();
    try {
      const ports = await repositories.open(work.place, work.isFresh);
      const document = await run(work.errand, isSwept(work) ? ports : { ...ports, store: null });
      tellDone(log, fields, document, elapsedMs() - start);
      saw(work, work.place, document.outcome);
    } catch (thrown) {
      tellThrown(log, fields, thrown);
      if (isOfToken(thrown)) repositories.forget(work.place);
      saw(work, work.place, isProblem(thrown) ? 'problem' : 'defect');
    }
  };
}
