import type { ArtifactFacts, Run } from '../documents.ts';
import type { ArtifactStore, Workspace } from '../ports/index.ts';
import { ProblemError } from '../problem.ts';
import type { RunLedger } from '../registry/index.ts';
import { notRecorded } from './problems.ts';

/** Where runs and their bytes are kept; null where there is no such place. */
export interface RunPlaces {
  readonly workspace: Workspace;
  readonly store: ArtifactStore | null;
  readonly runs: RunLedger | null;
}

export interface Recorded {
  readonly run: Run;
  readonly recorded: boolean;
  readonly notRecordedBecause: string | null;
}

export interface Finished {
  readonly model: string;
  readonly run: Run;
  /** Paths that differ from the commit. */
  readonly dirty: readonly string[];
}

type Reason = string;

function placesFor(
  { run, dirty }: Finished,
  { runs, store }: RunPlaces,
): Reason | { runs: RunLedger; store: ArtifactStore } {
  if (run.commit === null) return notRecorded.noCommit;
  if (dirty.length > 0) return notRecorded.dirty(dirty);
  if (runs === null) return notRecorded.noWriter;
  return store === null ? notRecorded.noStore : { runs, store };
}

async function storeArtifacts({ model, run }: Finished, store: ArtifactStore, workspace: Workspace): Promise<Run> {
  const artifacts: ArtifactFacts[] = [];
  for (const artifact of run.artifacts) {
    const file = { path: workspace.resolve(artifact.path), sha256: artifact.sha256 };
    const { uri } = await store.put(file, { model, run: run.key });
    artifacts.push({ ...artifact, uri });
  }
  return { ...run, artifacts };
}

function sameBytes(one: Run, other: Run | null): boolean {
  const digests = (run: Run) => run.artifacts.map(({ sha256 }) => sha256).join();
  return other !== null && digests(one) === digests(other);
}

/** The bytes first, the event that names them last: whoever finds the event finds the bytes. */
async function record({ model, run }: Finished, runs: RunLedger): Promise<Recorded> {
  const { recorded } = await runs.recordRun(model, run);
  if (recorded || sameBytes(run, await runs.findRun(model, run.key)))
    return { run, recorded: true, notRecordedBecause: null };
  return { run, recorded: false, notRecordedBecause: notRecorded.otherBytes(run.id) };
}

/**
 * Puts the bytes into the store and the run's event under its key. A run that cannot be recorded (no commit, a dirty
 * tree, a fork's token, no store) is a run nevertheless: the reason is told, and nothing is thrown.
 */
export async function recordRun(finished: Finished, places: RunPlaces): Promise<Recorded> {
  const open = placesFor(finished, places);
  if (typeof open === 'string') return { run: finished.run, recorded: false, notRecordedBecause: open };
  try {
    const run = await storeArtifacts(finished, open.store, places.workspace);
    return await record({ ...finished, run }, open.runs);
  } catch (thrown) {
    if (!(thrown instanceof ProblemError)) throw thrown;
    const because = thrown.problems.map(({ message, remedy }) => `${message} ${remedy}`).join(' ');
    return { run: finished.run, recorded: false, notRecordedBecause: because };
  }
}
