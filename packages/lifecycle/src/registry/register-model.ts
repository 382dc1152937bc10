import {
  digestOfRecord,
  digestOfValue,
  type EventOf,
  parseModelName,
  parseVersion,
  renderRecord,
  renderTagName,
  type VersionRecord,
  wholeSeconds,
} from '@model-gitops/registry';
import type { ArtifactFacts } from '../documents.ts';
import type { ObjectId, Owner } from '../ports/index.ts';
import { type Problem, ProblemError } from '../problem.ts';
import type { RegisterDocument } from './documents.ts';
import { appendEvents, ledgerRef } from './ledger.ts';
import { type KnownVersion, planRegistration, type RegistrationPlan } from './plan-registration.ts';
import type { RegistryWithStore } from './ports.ts';
import { registryProblems, valid } from './problems.ts';
import { readTip } from './read-files.ts';
import { readVersions } from './read-registry.ts';
import { recordOf } from './record-of-registration.ts';
import {
  digestOf,
  judgeRegistration,
  operationOf,
  type RegistrationRequest,
  type RegistrationVerdict,
} from './registration.ts';
import { type Attempt, localNote, untilWritten } from './write-protocol.ts';

/** Everything that is the user's to fix, found before anything is written. */
function requestProblems(request: RegistrationRequest, hasStore: boolean): Problem[] {
  const { artifacts, commit, model, evaluation } = request;
  const problems: Problem[] = [];
  if (artifacts.length === 0) problems.push(registryProblems.noArtifact(model));
  if (commit.head === null) problems.push(registryProblems.noCommit());
  for (const { kind, name } of artifacts)
    if (kind === 'directory') problems.push(registryProblems.artifactKind(name, kind));
  if (!hasStore && artifacts.some((artifact) => artifact.kind === 'file')) problems.push(registryProblems.noStore());
  const evaluated = evaluation?.model?.sha256;
  const [only] = artifacts;
  if (evaluated !== undefined && only !== undefined && !artifacts.some(({ sha256 }) => sha256 === evaluated)) {
    problems.push(registryProblems.otherBytes(only.name, evaluated, only.sha256));
  }
  return problems;
}

function checkedRequest(
  request: RegistrationRequest,
  hasStore: boolean,
): RegistrationRequest & { readonly head: string } {
  valid(parseModelName(request.model));
  const version = request.version === null ? null : valid(parseVersion(request.version));
  const problems = requestProblems(request, hasStore);
  const { head } = request.commit;
  if (problems.length > 0 || head === null) throw new ProblemError(problems);
  return { ...request, version, head };
}

async function storeArtifacts(
  artifacts: readonly ArtifactFacts[],
  { store }: RegistryWithStore,
  owner: Owner,
): Promise<Record<string, string>> {
  const uris: Record<string, string> = {};
  for (const { name, kind, path, sha256 } of artifacts) {
    if (kind === 'file' && store !== null) uris[name] = (await store.put({ path, sha256 }, owner)).uri;
  }
  return uris;
}

interface Registered {
  readonly plan: RegistrationPlan;
  readonly created: boolean;
  readonly record: VersionRecord | null;
  readonly tagObject: ObjectId | null;
  readonly at: string | null;
  /** Head of the ledger, where it was read on the way. */
  readonly ledger?: ObjectId | null;
}

type Checked = RegistrationRequest & { readonly head: string };

function existing(version: KnownVersion, created: boolean, plan: RegistrationPlan): Registered {
  return { plan, created, record: version.record, tagObject: version.object, at: version.at };
}

/** Creating the tag is the commit point: the second of two is refused by Git, reads again and takes the next number. */
async function writeVersion(request: Checked, ports: RegistryWithStore): Promise<Registered> {
  const at = wholeSeconds(ports.host.now());
  const tagger = { ...ports.identity, date: at };
  const owner = { model: request.model, operation: operationOf(request, request.version) };
  const uris = await storeArtifacts(request.artifacts, ports, owner);
  const tried = new Set<ObjectId>();
  const attempt = async (): Promise<Attempt<Registered>> => {
    const plan = planRegistration(request, await readVersions(ports.git, request.model));
    // an answer that was lost may have been a success: then the tag object is the very one that was written here
    if (plan.kind === 'exists') return { done: existing(plan.version, tried.has(plan.version.object), plan) };
    if (plan.kind === 'refused') return { done: { plan, created: false, record: null, tagObject: null, at: null } };
    const ledger = await readTip(ports.git, ledgerRef);
    const record = recordOf(request, {
      version: plan.version,
      parent: plan.parent,
      commit: request.head,
      ledger,
      uris,
    });
    const name = renderTagName(request.model, plan.version);
    const message = valid(renderRecord(record));
    const tag = await ports.git.writeObject({ kind: 'tag', name, target: request.head, message, tagger });
    const answer = await ports.git.moveRef(`refs/tags/${name}`, null, tag);
    if (answer === 'unknown') tried.add(tag);
    return answer === 'moved' ? { done: { plan, created: true, record, tagObject: tag, at, ledger } } : answer;
  };
  return untilWritten(ports.host, `the tag of ${request.model}`, attempt);
}

/** The witness of a tag. Its date is the tag's, so that writing it again is the same event. */
function witness({ record, tagObject, at }: Registered): EventOf<'registered'> | null {
  if (record === null || tagObject === null || at === null) return null;
  const { model, version, operation, registered } = record;
  return {
    schema: 'model-gitops/event/1',
    kind: 'registered',
    id: `registered-${version}`,
    model,
    at,
    version,
    operation,
    digest: digestOfRecord(record),
    tagObject,
    target: registered.commit,
    recordDigest: `sha256:${digestOfValue(record)}`,
  };
}

/** What was put for the registration belongs to the version, now that it has its tag. Run again where it stopped before. */
async function sealStore(record: VersionRecord | null, { store }: RegistryWithStore): Promise<void> {
  if (record === null || store === null) return;
  const { model, version, operation } = record;
  await store.seal({ model, operation, tag: renderTagName(model, version) });
}

function notesOf(request: RegistrationRequest, registered: Registered): string[] {
  const { record, created } = registered;
  const notes: string[] = [];
  if (record !== null && !created) notes.push(`${request.model} ${record.version} is this already`);
  if (request.commit.dirty.length > 0)
    notes.push(
      `the working tree differs from its commit in ${request.commit.dirty.length} path(s); the record says dirty`,
    );
  if (request.local) notes.push(localNote(created));
  if (request.evaluation === null && request.reportedMetrics !== null)
    notes.push('metrics are self-reported: nothing was evaluated');
  return notes;
}

function documentOf(
  request: RegistrationRequest,
  verdict: RegistrationVerdict,
  rest: Partial<RegisterDocument>,
): RegisterDocument {
  return {
    schema: 'model-gitops/register/1',
    outcome: verdict.outcome,
    model: request.model,
    version: null,
    tag: null,
    digest: digestOf(request),
    created: false,
    gates: verdict.gates,
    reasons: verdict.reasons,
    notes: [],
    operation: operationOf(request, request.version),
    dryRun: request.dryRun,
    local: request.local,
    ...rest,
  };
}

function registeredDocument(
  request: RegistrationRequest,
  verdict: RegistrationVerdict,
  registered: Registered,
): RegisterDocument {
  const notes = notesOf(request, registered);
  const { plan, created, record } = registered;
  if (plan.kind === 'refused') return documentOf(request, verdict, { outcome: 'fail', reasons: [plan.reason], notes });
  const version = record?.version ?? (plan.kind === 'create' ? plan.version : plan.version.version);
  return documentOf(request, verdict, { version, tag: renderTagName(request.model, version), created, notes });
}

/**
 * Registers bytes as a version: judge, store by digest, create the tag, append its witness. The same operation again
 * answers `created: false`; gates that do not pass, or an explicit version with other bytes, change nothing.
 */
export async function registerModel(input: RegistrationRequest, ports: RegistryWithStore): Promise<RegisterDocument> {
  const request = checkedRequest(input, ports.store !== null || input.dryRun);
  const verdict = judgeRegistration(request);
  if (verdict.outcome !== 'pass') return documentOf(request, verdict, {});
  const before = planRegistration(request, await readVersions(ports.git, request.model));
  if (request.dryRun || before.kind === 'refused') {
    const record = before.kind === 'exists' ? before.version.record : null;
    return registeredDocument(request, verdict, { plan: before, created: false, record, tagObject: null, at: null });
  }
  const registered =
    before.kind === 'exists' ? existing(before.version, false, before) : await writeVersion(request, ports);
  const event = witness(registered);
  if (event !== null) await appendEvents([event], ports, registered.ledger);
  await sealStore(registered.record, ports);
  return registeredDocument(request, verdict, registered);
}
