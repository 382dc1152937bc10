import { eventsOf, type LedgerEvent } from '@model-gitops/registry';
import type { ArtifactStore, Forge } from '../ports/index.ts';
import { ProblemError } from '../problem.ts';
import { parseTime, registryAt } from './answer-at.ts';
import type { PullDocument } from './documents.ts';
import type { RegistryReader } from './ports.ts';
import { registryProblems } from './problems.ts';
import { type Registry, readRegistry } from './read-registry.ts';
import { parseReference, type ResolvedVersion, resolveVersion } from './resolve-version.ts';
import { type ApprovalJudgement, readApproval } from './verify-approval.ts';

export interface FetchRequest {
  /** `fraud@production`, `fraud@1.4.0`, `fraud` (the newest). */
  readonly reference: string;
  readonly at: string | null;
  readonly outFolder: string;
  readonly allowUnapproved: boolean;
}

export interface FetchPorts extends RegistryReader {
  readonly store: ArtifactStore | null;
  /** Asked at once where the ledger does not say who approved. */
  readonly forge?: Forge | null;
}

interface Approval {
  readonly approved: boolean | null;
  readonly note: string;
  /** Known to be unapproved, or not known although a forge is at work. */
  readonly isRefused: boolean;
}

const unjudged = (note: string): Approval => ({ approved: null, note, isRefused: false });

function told(judgement: ApprovalJudgement): Approval {
  if (judgement.approved === true)
    return { approved: true, note: `approved by ${judgement.by.join(', ')}`, isRefused: false };
  const isRefused = judgement.approved === false || judgement.isAwaited;
  return { approved: judgement.approved, note: judgement.because, isRefused };
}

/** What is known of the approval of a pointer's commit. Unknown is never told as yes. */
async function approvalOf(
  registry: Registry,
  { environment, state }: ResolvedVersion,
  { git, forge = null, defaultBranch }: FetchPorts,
): Promise<Approval> {
  if (environment === null) return unjudged('asked for by version: approvals belong to environments');
  if (environment.by === 'assigned')
    return unjudged(`${environment.environment} was assigned by policy, without an approval`);
  const change = registry.facts.files.find(
    (file) =>
      file.model === state.model && file.commit === environment.commit && file.environment === environment.environment,
  );
  if (change === undefined) return { approved: false, note: 'no change of the pointer is known', isRefused: true };
  return told(await readApproval(change, registry.facts, { git, forge, defaultBranch }));
}

function refuseMismatch({ state, version, environment }: ResolvedVersion): void {
  const isMismatch = environment !== null && environment.digest !== version.digest;
  if (isMismatch)
    throw new ProblemError(registryProblems.pointerMismatch(state.model, version.version), { kind: 'refused' });
}

/** The ledger saw which bytes a version was registered with: a tag that says otherwise was replaced. */
function refuseReplaced({ state, version }: ResolvedVersion, events: readonly LedgerEvent[]): void {
  const isReplaced = eventsOf(events, 'registered').some(
    (event) => event.model === state.model && event.version === version.version && event.digest !== version.digest,
  );
  if (isReplaced)
    throw new ProblemError(registryProblems.otherThanRegistered(state.model, version.version), { kind: 'refused' });
}

/** Fetches the verified bytes of a version. Nothing is written where the digest is another, or the pointer is known to be unapproved. */
export async function fetchModel(request: FetchRequest, ports: FetchPorts): Promise<PullDocument> {
  const { model, selector } = parseReference(request.reference);
  const now = await readRegistry(ports);
  const registry = request.at === null ? now : registryAt(now, parseTime(request.at));
  const resolved = resolveVersion(registry, model, selector);
  refuseMismatch(resolved);
  refuseReplaced(resolved, now.facts.events);
  // events are recorded after the merge that they witness: approval is asked of all that is known now
  const approval = await approvalOf(
    { ...registry, facts: { ...registry.facts, events: now.facts.events } },
    resolved,
    ports,
  );
  if (approval.isRefused && !request.allowUnapproved) {
    const pointer = { model, environment: selector ?? '', commit: resolved.environment?.commit ?? '' };
    const problem = approval.approved === null ? registryProblems.notApprovedYet : registryProblems.notApproved;
    throw new ProblemError(problem(pointer, approval.note), { kind: 'refused' });
  }
  const { version } = resolved;
  const { store } = ports;
  if (store === null) throw new ProblemError(registryProblems.noStore());
  const owner = { model, tag: version.tag, operation: version.record.operation };
  const files: PullDocument['files'][number][] = [];
  for (const { name, kind, sha256 } of version.record.artifacts) {
    if (kind !== 'file') throw new ProblemError(registryProblems.artifactKind(name, kind));
    const stored = await store.fetch(sha256, `${request.outFolder}/${name}`, owner);
    files.push({ name, path: stored.path, sha256: stored.sha256, size: stored.size });
  }
  const pointer = `${ports.folder}/${model}/${resolved.environment?.environment ?? ''}.yaml: `;
  const notes = [
    approval.note,
    ...(version.state === 'archived' ? [`${model} ${version.version} is archived`] : []),
    ...registry.problems.map((problem) => problem.message).filter((message) => message.startsWith(pointer)),
  ];
  return {
    schema: 'model-gitops/pull/1',
    outcome: 'pass',
    model,
    version: version.version,
    digest: version.digest,
    files,
    approved: approval.approved,
    notes,
  };
}
