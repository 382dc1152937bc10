import {
  defaultPolicies,
  foldHistory,
  foldModel,
  type ModelState,
  type PromotionPlan,
  type PromotionPolicy,
  parseEnvironmentName,
  parseModelName,
  parseVersion,
  planArchive,
  planPromotion,
  type VersionRecord,
  wholeSeconds,
} from '@model-gitops/registry';
import type { Environment, ModelConfig } from '../config/types.ts';
import type { GateResult } from '../documents.ts';
import { ProblemError } from '../problem.ts';
import { type Applied, applyChanges, type ChangePlan } from './apply-change.ts';
import type { ChangesDocument } from './documents.ts';
import type { RegistryWriter } from './ports.ts';
import { registryProblems, valid } from './problems.ts';
import { type MergePlace, mergeCommands } from './promotion-commands.ts';
import { type Registry, readRegistry } from './read-registry.ts';
import { localNote } from './write-protocol.ts';

export interface ChangeRequest {
  readonly model: string;
  /** The model.yaml of the default branch; null: the default environments, and no gates. */
  readonly config: ModelConfig | null;
  /** Where a person will merge; undefined with a forge. */
  readonly mergePlace?: MergePlace;
  readonly requestedBy: string | null;
  readonly dryRun: boolean;
  readonly local: boolean;
}

export interface PromotionRequest extends ChangeRequest {
  readonly version: string;
  readonly environment: string;
  /** The gates of the default branch on the figures of this version's record. */
  readonly judgeGates?: (
    record: VersionRecord,
    state: ModelState,
  ) => readonly GateResult[] | Promise<readonly GateResult[]>;
}

function policyOf(config: ModelConfig | null, environment: string): PromotionPolicy {
  const declared: readonly (Environment | PromotionPolicy)[] = config?.environments ?? [];
  const policies = declared.length > 0 ? declared : defaultPolicies;
  const policy = policies.find((candidate) => candidate.name === environment);
  if (policy !== undefined) return policy;
  throw new ProblemError(
    registryProblems.unknownEnvironment(
      environment,
      policies.map((known) => known.name),
    ),
  );
}

/** The state of a model that has a version; a problem that names the known ones otherwise. */
export function stateOf(registry: Registry, model: string): ModelState {
  const state = registry.models.find((candidate) => candidate.model === model && candidate.versions.length > 0);
  if (state !== undefined) return state;
  const known = registry.models
    .filter((candidate) => candidate.versions.length > 0)
    .map((candidate) => candidate.model);
  throw new ProblemError(registryProblems.unknownModel(model, known));
}

async function failedGates(request: PromotionRequest, state: ModelState): Promise<readonly GateResult[]> {
  const record = state.versions.find((version) => version.version === request.version)?.record;
  if (record === undefined || request.judgeGates === undefined) return [];
  const gates = await request.judgeGates(record, state);
  return gates.filter((gate) => gate.level === 'error');
}

interface Outcome {
  readonly plan: PromotionPlan;
  readonly applied: Applied;
}

type Planner = (registry: Registry) => Promise<PromotionPlan>;

async function carryOut(planner: Planner, request: ChangeRequest, ports: RegistryWriter): Promise<Outcome> {
  const plan = await planner(await readRegistry(ports));
  if (request.dryRun || plan.changes.length === 0) return { plan, applied: { changes: [], commit: null } };
  let latest = plan;
  const replan: ChangePlan = async (registry) => {
    latest = await planner(registry);
    return latest.changes;
  };
  const applied = await applyChanges(plan.changes, replan, ports, request.requestedBy);
  return { plan: latest, applied };
}

function notesOf({ plan, applied }: Outcome, request: ChangeRequest, environment: string): string[] {
  const notes: string[] = [];
  if (plan.verdict.outcome === 'pass' && plan.changes.length === 0) notes.push(`${environment} is as asked already`);
  if (request.local) notes.push(localNote(applied.changes.length > 0));
  if (applied.commit !== null) notes.push('merging the branch is the approval; nothing changes before');
  return notes;
}

function documentOf(
  schema: ChangesDocument['schema'],
  request: ChangeRequest,
  subject: { version: string; environment: string },
  outcome: Outcome,
  defaultBranch: string,
): ChangesDocument {
  const { plan, applied } = outcome;
  const [change] = plan.changes;
  const isProposal = change?.kind === 'open-promotion' && request.mergePlace !== undefined;
  const commands = isProposal ? mergeCommands(request.mergePlace, defaultBranch, change.branch) : {};
  return {
    schema,
    outcome: plan.verdict.outcome,
    model: request.model,
    ...subject,
    changes: plan.changes,
    applied: applied.changes.length > 0,
    reasons: plan.verdict.outcome === 'fail' ? plan.verdict.reasons : [],
    notes: notesOf(outcome, request, subject.environment),
    ...commands,
    ...(applied.commit === null ? {} : { commit: applied.commit }),
    local: request.local,
  };
}

/** Proposes (or, where the policy says so, assigns) a version to an environment. Wanted already: nothing to do. */
export async function promoteModel(input: PromotionRequest, ports: RegistryWriter): Promise<ChangesDocument> {
  const model = valid(parseModelName(input.model));
  const version = valid(parseVersion(input.version));
  const policy = policyOf(input.config, valid(parseEnvironmentName(input.environment)));
  const request = { ...input, model, version };
  const outcome = await carryOut(
    async (registry) => {
      const state = stateOf(registry, model);
      const now = wholeSeconds(ports.host.now());
      const gates = await failedGates(request, state);
      return planPromotion({ state, version, policy, now, purpose: 'promote', gates }, ports.folder);
    },
    request,
    ports,
  );
  return documentOf(
    'model-gitops/promote/1',
    request,
    { version, environment: policy.name },
    outcome,
    ports.defaultBranch,
  );
}

/** The version that the environment wanted before this one and that may still be used. */
function versionBefore(registry: Registry, model: string, environment: string): string {
  const state = foldModel(registry.facts, model);
  const wanted = state.environments.find((candidate) => candidate.environment === environment)?.wanted ?? null;
  const usable = new Set(
    state.versions.filter((version) => version.state === 'live').map((version) => version.version),
  );
  const entries = foldHistory(registry.facts, model, environment);
  const before = entries
    .map((entry) => entry.version)
    .find((version) => version !== null && version !== wanted && usable.has(version));
  if (before != null) return before;
  throw new ProblemError(registryProblems.nothingBefore(model, environment));
}

/** Returns an environment to the version before: asks neither gates nor soak, but where people approve they approve this too. */
export async function rollbackModel(
  input: ChangeRequest & { readonly environment: string },
  ports: RegistryWriter,
): Promise<ChangesDocument> {
  const model = valid(parseModelName(input.model));
  const policy = policyOf(input.config, valid(parseEnvironmentName(input.environment)));
  const registry = await readRegistry(ports);
  stateOf(registry, model);
  const version = versionBefore(registry, model, policy.name);
  const outcome = await carryOut(
    async (current) => {
      const now = wholeSeconds(ports.host.now());
      return planPromotion(
        { state: stateOf(current, model), version, policy, now, purpose: 'rollback', gates: [] },
        ports.folder,
      );
    },
    input,
    ports,
  );
  return documentOf(
    'model-gitops/rollback/1',
    input,
    { version, environment: policy.name },
    outcome,
    ports.defaultBranch,
  );
}

/** Proposes that a version is never promoted again. Refused while an environment wants or serves it. */
export async function archiveVersion(
  input: ChangeRequest & { readonly version: string },
  ports: RegistryWriter,
): Promise<ChangesDocument> {
  const model = valid(parseModelName(input.model));
  const version = valid(parseVersion(input.version));
  const outcome = await carryOut(
    async (registry) => planArchive(stateOf(registry, model), version, ports.folder),
    input,
    ports,
  );
  return documentOf(
    'model-gitops/archive/1',
    input,
    { version, environment: 'archived' },
    outcome,
    ports.defaultBranch,
  );
}
