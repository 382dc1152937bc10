import { type EventOf, eventsOf, promotionBranch, wholeSeconds } from '@model-gitops/registry';
import type { ChangesDocument } from '../registry/documents.ts';
import { appendEvents } from '../registry/ledger.ts';
import { promoteModel, rollbackModel } from '../registry/promote-model.ts';
import { renderHelp } from '../texts/promotion-comments.ts';
import { judgeVersion } from './candidates.ts';
import type { ReconcileDocument, ReconciliationChange } from './changes.ts';
import { checkPullRequest, isPromotion } from './check-pull-request.ts';
import { commandReasons } from './command-problems.ts';
import type { Command } from './parse-command.ts';
import { type ReadFacts, type ReconcilePorts, readFacts } from './read-facts.ts';
import { reconcileDocument, reconcileScope } from './reconcile.ts';
import type { ConfiguredModel, TargetFacts } from './types.ts';

/** A command with where it was given and by whom. */
export interface Order {
  readonly command: Command;
  readonly number: number;
  readonly commentId: number;
  readonly login: string;
  readonly dryRun: boolean;
}

/** What came of it, or why nothing did. */
export type Obeyed = { readonly document: ReconcileDocument } | { readonly refused: readonly string[] };

const refuse = (...refused: readonly string[]): Obeyed => ({ refused });

type Ordered = Extract<Command, { kind: 'promote' | 'rollback' }>;

/** The promotion that a comment stands in; null: it stands elsewhere. */
async function placeOf({ number }: Order, { facts }: ReadFacts, ports: ReconcilePorts): Promise<TargetFacts | null> {
  const [pullRequest] = await ports.forge.pullRequests.find({ number });
  if (pullRequest === undefined || !isPromotion(pullRequest, ports)) return null;
  return facts.targets.find(({ target }) => target.branch === pullRequest.head.branch) ?? null;
}

interface Resolved {
  readonly model: ConfiguredModel;
  readonly environment: string;
}

function resolve(command: Ordered, place: TargetFacts | null, { facts }: ReadFacts): Resolved | string {
  const known = facts.models.filter(({ state }) => state.versions.length > 0);
  const names = known.map(({ state }) => state.model);
  const name = command.model ?? place?.target.model ?? (names.length === 1 ? names[0] : undefined);
  const model = known.find(({ state }) => state.model === name);
  if (model === undefined) return commandReasons.whichModel(names);
  const here = place?.target.environment === 'archived' ? undefined : place?.target.environment;
  const environment = command.environment ?? here;
  return environment === undefined ? commandReasons.whichEnvironment() : { model, environment };
}

/** Commits that people pushed onto a branch whose pull request is open are theirs. */
function hasOthersCommits({ facts }: ReadFacts, branch: string): boolean {
  const found = facts.targets.find(({ target }) => target.branch === branch);
  const isOpen = found?.pullRequests.some(({ pullRequest }) => pullRequest.state === 'open') ?? false;
  return isOpen && found?.tip?.isOurs === false;
}

function changeOf(
  command: Ordered,
  { model, environment }: Resolved,
  order: Order,
  ports: ReconcilePorts,
): Promise<ChangesDocument> | null {
  const { config, state } = model;
  const request = {
    model: state.model,
    config,
    environment,
    requestedBy: order.login,
    dryRun: order.dryRun,
    local: false,
  };
  if (command.kind === 'rollback') return rollbackModel(request, ports);
  const version = command.version ?? state.versions.findLast((candidate) => candidate.state === 'live')?.version;
  if (version === undefined) return null;
  return promoteModel(
    {
      ...request,
      version,
      judgeGates: (_, now) => {
        const candidate = now.versions.find((one) => one.version === version);
        const gates = candidate === undefined ? [] : judgeVersion({ ...model, state: now }, candidate);
        return gates.filter((gate) => gate.state !== 'not-applicable');
      },
    },
    ports,
  );
}

function assigned({ changes }: ChangesDocument, login: string): readonly ReconciliationChange[] {
  return changes.flatMap((change) =>
    change.kind === 'assign' ? [{ ...change, reason: `${login} asked for it` }] : [],
  );
}

/** A dry run writes no commit, so what would follow from it is only said. */
function plannedNotes({ changes }: ChangesDocument, { dryRun }: Order): readonly string[] {
  const proposed = changes.filter(({ kind }) => dryRun && kind === 'open-promotion');
  return proposed.map(({ model, version, environment }) => `${model} ${version} would be proposed to ${environment}`);
}

async function obeyChange(command: Ordered, order: Order, read: ReadFacts, ports: ReconcilePorts): Promise<Obeyed> {
  const resolved = resolve(command, await placeOf(order, read, ports), read);
  if (typeof resolved === 'string') return refuse(resolved);
  const { model } = resolved.model.state;
  const branch = promotionBranch(model, resolved.environment);
  if (hasOthersCommits(read, branch)) return refuse(commandReasons.othersCommits(branch));
  const changed = await changeOf(command, resolved, order, ports);
  if (changed === null) return refuse(commandReasons.allArchived(model));
  if (changed.outcome !== 'pass') return refuse(...changed.reasons);
  const rest = await reconcileScope({ branch: null, reopens: branch }, order, ports);
  const changes = [...assigned(changed, order.login), ...rest.changes];
  return {
    document: {
      ...rest,
      changes,
      applied: !order.dryRun && changes.length > 0,
      notes: [...plannedNotes(changed, order), ...changed.notes, ...rest.notes],
    },
  };
}

function heldEvent(order: Order, { target }: TargetFacts, now: Date): EventOf<'held'> {
  const { command, commentId, number, login } = order;
  return {
    schema: 'model-gitops/event/1',
    kind: 'held',
    id: `held-${target.environment}-${commentId}`,
    model: target.model,
    at: wholeSeconds(now),
    environment: target.environment,
    pullRequest: number,
    isHeld: command.kind === 'hold',
    requestedBy: login,
  };
}

async function obeyHold(order: Order, read: ReadFacts, ports: ReconcilePorts): Promise<Obeyed> {
  const place = await placeOf(order, read, ports);
  const open = place?.pullRequests.find(({ pullRequest }) => pullRequest.number === order.number)?.pullRequest;
  if (place === null || open?.state !== 'open') return refuse(commandReasons.notHere());
  const event = heldEvent(order, place, ports.host.now());
  const isKnown = eventsOf(read.facts.registry.events, 'held').some(
    ({ id, model }) => id === event.id && model === event.model,
  );
  if (!order.dryRun && !isKnown) await appendEvents([event], ports);
  return { document: await reconcileScope({ branch: place.target.branch, reopens: null }, order, ports) };
}

async function obeyHelp({ number, dryRun }: Order, { forge }: ReconcilePorts): Promise<Obeyed> {
  if (!dryRun) await forge.comments.create(number, renderHelp());
  return { document: reconcileDocument({ changes: [], notes: [], applied: false }) };
}

async function obeyRecheck(order: Order, ports: ReconcilePorts): Promise<Obeyed> {
  const [pullRequest] = await ports.forge.pullRequests.find({ number: order.number });
  if (pullRequest === undefined) return refuse(commandReasons.noPullRequest());
  return { document: await checkPullRequest(order, ports) };
}

/** Carries out a command of somebody who may. Problems: those of the registry and of the forge. */
export async function obeyCommand(order: Order, ports: ReconcilePorts): Promise<Obeyed> {
  const { command } = order;
  if (command.kind === 'help') return obeyHelp(order, ports);
  if (command.kind === 'recheck') return obeyRecheck(order, ports);
  const read = await readFacts({ branch: null, reopens: null }, ports);
  return command.kind === 'promote' || command.kind === 'rollback'
    ? obeyChange(command, order, read, ports)
    : obeyHold(order, read, ports);
}
