import { eventsOf, type FileChange, parseModelName, type RegistryFacts } from '@model-gitops/registry';
import type { Forge } from '../ports/index.ts';
import { ProblemError } from '../problem.ts';
import type { Finding, VerifyDocument } from './documents.ts';
import { foreignTagNotes } from './list-models.ts';
import type { RegistryReader } from './ports.ts';
import { registryProblems, valid } from './problems.ts';
import { type Registry, readRegistry } from './read-registry.ts';
import { verifyApprovals } from './verify-approvals.ts';
import { verifyLedger } from './verify-ledger.ts';
import { verifyPointers } from './verify-pointers.ts';
import {
  type BytesToVerify,
  type VerifiedBytes,
  verifyAssignments,
  verifyBytes,
  verifyTags,
  verifyTargets,
} from './verify-versions.ts';

export interface VerifyRequest {
  /** null: every model. */
  readonly model: string | null;
  /** With a store the bytes are read too. */
  readonly bytes: BytesToVerify | null;
  /** Asked who merged and approved; without one only the ledger's witnesses are looked at. */
  readonly forge?: Forge | null;
}

function factsOf(facts: RegistryFacts, model: string | null): RegistryFacts {
  if (model === null) return facts;
  const isIts = (fact: { readonly model: string }) => fact.model === model;
  return {
    versions: facts.versions.filter(isIts),
    files: facts.files.filter(isIts),
    events: facts.events.filter(isIts),
  };
}

/** A name that nothing is known of, not even what was deleted: there is nothing that could pass. */
function checkKnown(registry: Registry, model: string | null, { versions, files, events }: RegistryFacts): void {
  if (model === null || versions.length + files.length + events.length > 0) return;
  const known = registry.models.filter((state) => state.versions.length > 0).map((state) => state.model);
  throw new ProblemError(registryProblems.unknownModel(model, known));
}

/** A version without its event: no second writer vouches for its tag. */
function unwitnessedNotes({ versions, events }: RegistryFacts): readonly string[] {
  const witnessed = new Set(eventsOf(events, 'registered').map(({ model, version }) => `${model}@v${version}`));
  const tags = versions.filter(({ record, tag }) => record !== null && !witnessed.has(tag)).map(({ tag }) => tag);
  if (tags.length === 0) return [];
  return [
    `no event in the ledger vouches for ${tags.slice(0, 5).join(', ')}: registering stopped half-way (register again), or the tag was made by hand`,
  ];
}

function bytesNotes(bytes: VerifiedBytes | null): readonly string[] {
  if (bytes === null) return ['bytes were not read: no store was given'];
  if (bytes.absent === 0) return [];
  const count = bytes.absent === 1 ? 'of 1 artifact are' : `of ${bytes.absent} artifacts are`;
  return [`the bytes ${count} not in this clone's own store and were not checked: name the store that has them`];
}

/** The changes of pointers that are no finding already. */
function promotionsOf({ files }: RegistryFacts, findings: readonly Finding[]): readonly FileChange[] {
  const outside = findings.filter(({ rule }) => rule === 'pointer-outside-promotion');
  return files.filter(
    ({ model, environment, commit }) =>
      !outside.some((one) => one.model === model && one.environment === environment && one.commit === commit),
  );
}

/** Was anything changed outside the rules? Answers from a clone; approval stays unknown where neither ledger nor forge says, and it says so. */
export async function verifyRegistry(request: VerifyRequest, reader: RegistryReader): Promise<VerifyDocument> {
  if (request.model !== null) valid(parseModelName(request.model));
  const registry = await readRegistry(reader);
  const facts = factsOf(registry.facts, request.model);
  const bytes = request.bytes === null ? null : await verifyBytes(request.bytes, facts);
  const pointers = await verifyPointers(reader.git, facts);
  const approvals = await verifyApprovals({
    facts: { ...facts, events: registry.facts.events },
    promotions: promotionsOf(facts, pointers),
    forge: request.forge ?? null,
    defaultBranch: reader.defaultBranch,
  });
  const findings = [
    ...pointers,
    ...approvals.findings,
    ...verifyTags(facts),
    ...verifyTargets(facts),
    ...verifyAssignments(facts),
    ...(await verifyLedger(reader.git, registry.ledgerHead, facts, request.model)),
    ...(bytes?.findings ?? []),
  ];
  if (findings.length === 0) checkKnown(registry, request.model, facts);
  return {
    schema: 'model-gitops/verify/1',
    outcome: findings.length === 0 ? 'pass' : 'fail',
    findings,
    approval: approvals.approval,
    checked: {
      versions: facts.versions.length,
      pointers: facts.files.length,
      events: facts.events.length,
      bytes: bytes?.checked ?? 0,
    },
    notes: [
      ...approvals.notes,
      ...bytesNotes(bytes),
      ...unwitnessedNotes(facts),
      ...foreignTagNotes(facts),
      ...registry.problems.map((problem) => problem.message),
    ],
  };
}
