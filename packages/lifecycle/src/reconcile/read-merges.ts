import {
  eventsOf,
  type FileChange,
  foldModel,
  parseArchive,
  pointerOf,
  type RegistryFacts,
  type VersionState,
} from '@model-gitops/registry';
import type { PullRequest } from '../ports/index.ts';
import { requestAt } from './promotion-requests.ts';
import { type PeoplePorts, readProvenance, readWritersAmong } from './read-people.ts';
import { type AskedFor, approversInDoubt, isAskedFor, requestersOfProposal } from './requesters-of-proposal.ts';
import type { MergeFacts, PeopleFacts, TargetFacts } from './types.ts';

/** What an archive adds to the list that was there before. */
function archivedBy(change: FileChange, { files }: RegistryFacts): string | undefined {
  const ofList = files.filter(({ path }) => path === change.path);
  const before = ofList[ofList.indexOf(change) + 1]?.text ?? 'archived: []\n';
  const [now, old] = [parseArchive(change.text ?? ''), parseArchive(before)];
  const known = old.ok ? old.value : [];
  return now.ok ? now.value.findLast((version) => !known.includes(version)) : undefined;
}

/** The version that a change decided on; null where it decided on none that is registered, such as the deletion of a pointer. */
function versionOf(change: FileChange, registry: RegistryFacts): VersionState | null {
  const name = change.environment === 'archived' ? archivedBy(change, registry) : pointerOf(change)?.version;
  const found = foldModel(registry, change.model).versions.find(({ version }) => version === name);
  const digest = pointerOf(change)?.digest;
  return found === undefined || (digest !== undefined && digest !== found.digest) ? null : found;
}

interface Unwitnessed {
  readonly change: FileChange;
  readonly version: VersionState;
}

function unwitnessed(registry: RegistryFacts, targets: readonly TargetFacts[]): readonly Unwitnessed[] {
  const paths = new Set(targets.map(({ target }) => target.path));
  const witnessed = new Set(
    eventsOf(registry.events, 'merged').map((event) => `${event.commit} ${event.model} ${event.environment}`),
  );
  return registry.files.flatMap((change) => {
    const isKnown = witnessed.has(`${change.commit} ${change.model} ${change.environment}`);
    const version = isKnown || !paths.has(change.path) ? null : versionOf(change, registry);
    return version === null ? [] : [{ change, version }];
  });
}

function pullRequestsOf({ path }: FileChange, targets: readonly TargetFacts[]): readonly PullRequest[] {
  const found = targets.find(({ target }) => target.path === path);
  return found?.pullRequests.map(({ pullRequest }) => pullRequest) ?? [];
}

/** The forge shows a pull request as open whose merge the default branch has already: it is asked again later. */
function isAwaited(change: FileChange, targets: readonly TargetFacts[]): boolean {
  const head = change.parents[1];
  return pullRequestsOf(change, targets).some(
    (pullRequest) => pullRequest.state === 'open' && pullRequest.head.commit === head,
  );
}

/** The pull request whose merge a commit is; of its own branch it is known already. */
async function readPullRequest(
  change: FileChange,
  targets: readonly TargetFacts[],
  { forge, defaultBranch }: PeoplePorts,
): Promise<PullRequest | null> {
  const isOf = ({ state, merge, base }: PullRequest) =>
    state === 'merged' && base === defaultBranch && merge?.commit === change.commit;
  const known = pullRequestsOf(change, targets).find(isOf);
  return known ?? (await forge.pullRequests.find({ commit: change.commit })).find(isOf) ?? null;
}

function askedFor(change: FileChange, version: VersionState, { head }: PullRequest, registry: RegistryFacts): AskedFor {
  const request = requestAt(change, head.commit, registry);
  const purpose = change.environment === 'archived' ? 'archive' : (request?.purpose ?? 'promote');
  return { purpose, version, request, head: head.commit };
}

/** Who asked, who wrote what was promoted, and which of those who could count may write. */
async function readPeopleOf(asked: AskedFor, pullRequest: PullRequest, ports: PeoplePorts): Promise<PeopleFacts> {
  const commit = asked.version?.record.registered.commit ?? '';
  const isNew = asked.purpose === 'promote' || !isAskedFor(asked.request);
  const provenances = isNew ? { [commit]: await readProvenance(commit, ports) } : {};
  const doubted = (people: PeopleFacts) => approversInDoubt(pullRequest, requestersOfProposal(asked, people));
  const unpushed = { provenances, pushers: {}, writers: [] };
  const isPusherAsked = isAskedFor(asked.request) || doubted(unpushed).length > 0;
  const { commit: head, branch } = pullRequest.head;
  const pushers = isPusherAsked ? { [head]: await ports.forge.people.readPusher(head, branch) } : {};
  const people = { provenances, pushers, writers: [] };
  return { ...people, writers: await readWritersAmong(doubted(people), ports) };
}

async function readMerge(
  { change, version }: Unwitnessed,
  registry: RegistryFacts,
  targets: readonly TargetFacts[],
  ports: PeoplePorts,
): Promise<MergeFacts> {
  const pullRequest = await readPullRequest(change, targets, ports);
  if (pullRequest === null) {
    const pusher = await ports.forge.people.readPusher(change.commit, ports.defaultBranch);
    return { change, version, pullRequest, requesters: pusher === null ? null : [pusher.login], pusher, writers: [] };
  }
  const asked = askedFor(change, version, pullRequest, registry);
  const people = await readPeopleOf(asked, pullRequest, ports);
  const requesters = requestersOfProposal(asked, people);
  return { change, version, pullRequest, requesters, pusher: null, writers: people.writers };
}

/** Every change of a pointer on the default branch that no witness tells of, with what the forge knows of it. */
export async function readMerges(
  registry: RegistryFacts,
  targets: readonly TargetFacts[],
  ports: PeoplePorts,
): Promise<readonly MergeFacts[]> {
  const merges: MergeFacts[] = [];
  for (const one of unwitnessed(registry, targets)) {
    if (!isAwaited(one.change, targets)) merges.push(await readMerge(one, registry, targets, ports));
  }
  return merges;
}
