import { type EventOf, eventsOf, type RegistryFacts, wholeSeconds } from '@model-gitops/registry';
import type { ArtifactStore, Forge, GitStore, ObjectId, PullRequest } from '../ports/index.ts';
import { readLedgerAt } from '../registry/ledger.ts';
import type { RegistryWriter } from '../registry/ports.ts';
import { type Registry, readRegistry } from '../registry/read-registry.ts';
import { decideReconciliation } from './plan-reconciliation.ts';
import { requestAt } from './promotion-requests.ts';
import { readConfiguredModels } from './read-configured-models.ts';
import { readMerges } from './read-merges.ts';
import { readPeople } from './read-people.ts';
import { readProposals } from './read-proposals.ts';
import { targetsOf } from './targets.ts';
import type { ConfiguredModel, ReconciliationFacts, Target, TargetFacts } from './types.ts';

/** What reconciling takes: the registry, and the forge that people decide on. */
export interface ReconcilePorts extends RegistryWriter {
  readonly forge: Forge;
  /** `https://github.com/acme/penguins`; null: nothing is linked. */
  readonly repositoryUrl: string | null;
  /** Registrations that stopped on the way are finished in it, when the whole repository is looked at; null, or missing: they are left. */
  readonly store?: ArtifactStore | null;
}

export interface Scope {
  /** The only promotion branch that is looked at; null: the whole repository. */
  readonly branch: string | null;
  /** Whose closed pull request somebody asked for again. */
  readonly reopens: string | null;
}

export interface ReadFacts {
  readonly facts: ReconciliationFacts;
  readonly registry: Registry;
}

interface Placed {
  readonly target: Target;
  readonly model: ConfiguredModel;
}

function placedTargets(models: readonly ConfiguredModel[], folder: string, { branch }: Scope): readonly Placed[] {
  const all = models.flatMap((model) => targetsOf(model, folder).map((target) => ({ target, model })));
  return branch === null ? all : all.filter(({ target }) => target.branch === branch);
}

type Tips = ReadonlyMap<string, ObjectId>;

function tipsOf({ branches }: Registry): Tips {
  return new Map(branches.map(({ name, id }) => [name.slice('refs/heads/'.length), id]));
}

/** A branch that is not there and was never asked for has no pull request that matters. */
function askedBranches(placed: readonly Placed[], tips: Tips, registry: RegistryFacts): readonly string[] {
  const requested = new Set(eventsOf(registry.events, 'promotion-requested').map(({ branch }) => branch));
  return placed.map(({ target }) => target.branch).filter((branch) => tips.has(branch) || requested.has(branch));
}

interface Found {
  /** Of promotion branches, into the default branch. */
  readonly promotions: readonly PullRequest[];
  readonly others: readonly PullRequest[];
}

async function readPullRequests(branches: readonly string[], scope: Scope, ports: ReconcilePorts): Promise<Found> {
  const isNothingAsked = scope.branch !== null && branches.length === 0;
  const query = scope.branch === null ? ({ state: 'open', branches } as const) : { branches };
  const found = isNothingAsked ? [] : await ports.forge.pullRequests.find(query);
  const isOurs = ({ head, base }: PullRequest) =>
    !head.isFork && base === ports.defaultBranch && branches.includes(head.branch);
  const isOther = (pullRequest: PullRequest) => pullRequest.state === 'open' && !isOurs(pullRequest);
  return { promotions: found.filter(isOurs), others: scope.branch === null ? found.filter(isOther) : [] };
}

async function readTargets(
  placed: readonly Placed[],
  {
    facts,
    tips,
    promotions,
  }: { readonly facts: RegistryFacts; readonly tips: Tips; readonly promotions: readonly PullRequest[] },
  { git }: ReconcilePorts,
): Promise<readonly TargetFacts[]> {
  const asked = placed.map(({ target, model }) => ({
    target,
    model,
    tip: tips.get(target.branch) ?? null,
    own: promotions.filter(({ head }) => head.branch === target.branch),
  }));
  const commits = asked.flatMap(({ target, tip, own }) =>
    [...(tip === null ? [] : [tip]), ...own.map(({ head }) => head.commit)].map((commit) => ({
      commit,
      path: target.path,
      isOurs: requestAt(target, commit, facts) !== null,
    })),
  );
  const proposals = await readProposals(git, commits);
  return asked.map(({ target, model, tip, own }) => ({
    ...model,
    target,
    current: facts.files.find(({ path }) => path === target.path)?.text ?? null,
    tip: tip === null ? null : (proposals.get(tip) ?? null),
    pullRequests: own.map((pullRequest) => ({ pullRequest, proposal: proposals.get(pullRequest.head.commit) ?? null })),
  }));
}

/** Runs are the most of the ledger and decide nothing; witnesses of tags are read when it matters. */
export function isDecision(name: string): boolean {
  return !/^(run|registered)-/.test(name);
}

/** Which tags the models of open promotions were registered with. */
async function readWitnesses(
  targets: readonly TargetFacts[],
  { ledgerHead }: Registry,
  git: GitStore,
): Promise<readonly EventOf<'registered'>[]> {
  const open = targets.filter(({ pullRequests }) =>
    pullRequests.some(({ pullRequest }) => pullRequest.state === 'open'),
  );
  const witnesses: EventOf<'registered'>[] = [];
  for (const model of new Set(open.map(({ target }) => target.model))) {
    const { events } = await readLedgerAt(git, ledgerHead, model, (name) => name.startsWith('registered-'));
    witnesses.push(...eventsOf(events, 'registered'));
  }
  return witnesses;
}

/** Reads everything that a decision needs, once: registry, configuration of the default branch, branches, pull requests, and then what the decisions ask about people. */
export async function readFacts(scope: Scope, ports: ReconcilePorts): Promise<ReadFacts> {
  const { git, folder, defaultBranch, forge, host, repositoryUrl } = ports;
  const registry = await readRegistry(ports, isDecision);
  const { facts: read, defaultHead } = registry;
  const models = await readConfiguredModels(registry.models, git, defaultHead);
  const placed = placedTargets(models, folder, scope);
  const tips = tipsOf(registry);
  const { promotions, others } = await readPullRequests(askedBranches(placed, tips, read), scope, ports);
  const targets = await readTargets(placed, { facts: read, tips, promotions }, ports);
  const base = {
    now: wholeSeconds(host.now()),
    folder,
    defaultBranch,
    defaultHead,
    registry: read,
    models,
    targets,
    others,
    checkKind: forge.checks.kind,
    repositoryUrl,
    scope: scope.branch,
    reopens: scope.reopens,
  };
  const people = await readPeople(decideReconciliation(base).targets, ports);
  const merges = await readMerges(read, targets, ports);
  const witnesses = people.writers.length === 0 ? [] : await readWitnesses(targets, registry, git);
  return { facts: { ...base, people, merges, witnesses }, registry };
}
