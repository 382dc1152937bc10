import { ledgerBranch, promotionBranch } from './names.ts';
import { pointerPath, renderArchive, renderPointer } from './pointer.ts';
import type { EnvironmentState, ModelState, VersionState } from './state.ts';

/** What a repository asks of a promotion to one environment. */
export interface PromotionPolicy {
  readonly name: string;
  readonly approval: 'none' | 'pull-request';
  readonly after?: string;
  readonly soakSeconds?: number;
}

/** The environments of a model without a model.yaml. Without configuration nothing is known of soaks, so none is asked. */
export const defaultPolicies: readonly PromotionPolicy[] = [
  { name: 'development', approval: 'none' },
  { name: 'staging', approval: 'none' },
  { name: 'production', approval: 'pull-request' },
];

export interface PromotionQuestion {
  readonly state: ModelState;
  readonly version: string;
  readonly policy: PromotionPolicy;
  /** UTC. */
  readonly now: string;
  readonly purpose: 'promote' | 'rollback';
  /** The gates of the default branch, judged for this version; warnings left out. */
  readonly gates: readonly { readonly if: string; readonly passed: boolean; readonly reason: string }[];
}

export type PromotionVerdict =
  | { readonly outcome: 'pass' }
  | { readonly outcome: 'fail'; readonly reasons: readonly string[] };

/** What a promotion would do. `path` and `text` are the pointer file. */
export type RegistryChange =
  | {
      readonly kind: 'assign';
      readonly model: string;
      readonly environment: string;
      readonly version: string;
      readonly digest: string;
      readonly from: string | null;
      readonly purpose: 'promote' | 'rollback';
    }
  | {
      readonly kind: 'open-promotion';
      readonly model: string;
      readonly environment: string;
      readonly version: string;
      readonly digest: string;
      readonly from: string | null;
      readonly purpose: 'promote' | 'rollback' | 'archive';
      readonly branch: string;
      readonly path: string;
      readonly text: string;
    };

export type PromotionPlan = { readonly verdict: PromotionVerdict; readonly changes: readonly RegistryChange[] };

function environmentOf(state: ModelState, name: string): EnvironmentState | undefined {
  return state.environments.find((environment) => environment.environment === name);
}

function versionOf(state: ModelState, version: string): VersionState | undefined {
  return state.versions.find((candidate) => candidate.version === version);
}

function soakReasons({ state, version, policy, now }: PromotionQuestion): string[] {
  if (policy.after === undefined) return [];
  const before = environmentOf(state, policy.after);
  if (before?.wanted !== version) {
    return [`${policy.name} comes after ${policy.after}, which wants ${before?.wanted ?? 'nothing'}`];
  }
  const ends = Date.parse(before.since) + (policy.soakSeconds ?? 0) * 1000;
  if (Date.parse(now) >= ends) return [];
  return [`the soak in ${policy.after} ends ${new Date(ends).toISOString().slice(0, 16)}Z`];
}

function refusals(question: PromotionQuestion): string[] {
  const { state, version, policy, purpose } = question;
  const candidate = versionOf(state, version);
  if (candidate === undefined) return [`${state.model} ${version} is not registered`];
  if (candidate.state === 'archived') return [`${state.model} ${version} is archived`];
  const isOwnedByFile = policy.approval === 'none' && environmentOf(state, policy.name)?.by === 'pointer';
  const owner = isOwnedByFile
    ? [`${policy.name} has a pointer file on the default branch, which outranks an assignment; delete it first`]
    : [];
  if (purpose === 'rollback') return owner;
  const gates = question.gates.filter((gate) => !gate.passed).map((gate) => `gate failed: ${gate.if} (${gate.reason})`);
  return [...owner, ...soakReasons(question), ...gates];
}

/** May this version go there now? A rollback asks neither gates nor soak: traffic must be able to leave a bad version. */
export function judgePromotion(question: PromotionQuestion): PromotionVerdict {
  const reasons = refusals(question);
  return reasons.length === 0 ? { outcome: 'pass' } : { outcome: 'fail', reasons };
}

/** Nothing where it is wanted already (also if it would be refused now), an assignment or a proposal otherwise. */
export function planPromotion(question: PromotionQuestion, folder: string): PromotionPlan {
  const { state, version, policy, purpose } = question;
  const current = environmentOf(state, policy.name);
  const candidate = versionOf(state, version);
  const isWanted = candidate !== undefined && current?.wanted === version && current.digest === candidate.digest;
  if (isWanted) return { verdict: { outcome: 'pass' }, changes: [] };
  const verdict = judgePromotion(question);
  if (verdict.outcome === 'fail' || candidate === undefined) return { verdict, changes: [] };
  const move = {
    model: state.model,
    environment: policy.name,
    version,
    digest: candidate.digest,
    from: current?.wanted ?? null,
    purpose,
  };
  if (policy.approval === 'none') return { verdict, changes: [{ kind: 'assign', ...move }] };
  const branch = promotionBranch(state.model, policy.name);
  const path = pointerPath(folder, state.model, policy.name);
  return { verdict, changes: [{ kind: 'open-promotion', ...move, branch, path, text: renderPointer(candidate) }] };
}

/** Proposes to archive a version: refused while an environment wants it or serves it. */
export function planArchive(state: ModelState, version: string, folder: string): PromotionPlan {
  const candidate = versionOf(state, version);
  if (candidate === undefined)
    return { verdict: { outcome: 'fail', reasons: [`${state.model} ${version} is not registered`] }, changes: [] };
  if (candidate.state === 'archived') return { verdict: { outcome: 'pass' }, changes: [] };
  const users = state.environments.filter((e) => e.wanted === version || e.live === version).map((e) => e.environment);
  if (users.length > 0)
    return {
      verdict: { outcome: 'fail', reasons: [`${state.model} ${version} is in use: ${users.join(', ')}`] },
      changes: [],
    };
  const archived = state.versions.filter((v) => v.state === 'archived').map((v) => v.version);
  const branch = promotionBranch(state.model, 'archived');
  const path = pointerPath(folder, state.model, 'archived');
  const text = renderArchive([...archived, version]);
  const change = {
    kind: 'open-promotion',
    model: state.model,
    environment: 'archived',
    version,
    digest: candidate.digest,
    from: null,
    purpose: 'archive',
    branch,
    path,
    text,
  } as const;
  return { verdict: { outcome: 'pass' }, changes: [change] };
}

/** Whether a branch belongs to us: such branches and the ledger are written by nobody else. */
export function isOwnBranch(branch: string): boolean {
  return branch === ledgerBranch || branch.startsWith('model-gitops/promote/');
}
