import { backOffMs, type ObjectId, ProblemError } from '@model-gitops/lifecycle';
import { type ForgeFailure, failureOf } from '../octokit/forge-failure.ts';
import { forgeProblems } from '../problems.ts';
import type { GitPlace } from './git-place.ts';
import { readRefs } from './read-refs.ts';

export type MoveAnswer = 'moved' | 'conflict' | 'unknown';
export interface Move {
  readonly name: string;
  readonly expected: ObjectId | null;
  readonly next: ObjectId | null;
}

const needs = { needs: 'contents: write' };
const mostLooks = 3;
const refRoute = '/repos/{owner}/{repo}/git/refs/{ref}';
const shortName = (name: string) => name.replace(/^refs\//, '');

async function readTip(place: GitPlace, name: string): Promise<ObjectId | null> {
  return (await readRefs(place, name)).find((ref) => ref.name === name)?.id ?? null;
}

/** Children of the name, or a parent of it, among the refs below its first folder. */
async function refuseNesting(place: GitPlace, name: string): Promise<void> {
  const top = name.split('/').slice(0, 3).join('/');
  const refs = await readRefs(place, top);
  const other = refs.find((ref) => ref.name.startsWith(`${name}/`) || name.startsWith(`${ref.name}/`));
  if (other !== undefined) throw new ProblemError(forgeProblems.refNameConflict(name, other.name));
}

const says = (failure: ForgeFailure, words: RegExp) => failure.messages.some((text) => words.test(text));

async function createRef(place: GitPlace, name: string, next: ObjectId): Promise<void> {
  await place.client.request('POST /repos/{owner}/{repo}/git/refs', { ref: name, sha: next }, needs);
}

async function repositoryId(place: GitPlace): Promise<string> {
  if (place.node.id !== null) return place.node.id;
  const query = 'query RepositoryId($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { id } }';
  const { repository } = await place.client.graphql<{ repository: { id: string } }>(query);
  place.node.id = repository.id;
  return repository.id;
}

const mutation = 'mutation MoveRef($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }';

/** Known to descend from what is there; everything else must be forced, which the comparison with `beforeOid` makes safe. */
function isForward({ cache }: GitPlace, expected: ObjectId, next: ObjectId | null): boolean {
  const commit = next === null ? undefined : cache.objects.get(next);
  return commit?.kind === 'commit' && commit.parents.includes(expected);
}

async function swapRef(place: GitPlace, name: string, expected: ObjectId, next: ObjectId | null): Promise<void> {
  const afterOid = next ?? '0'.repeat(expected.length);
  const force = next !== null && !isForward(place, expected, next);
  const refUpdates = [{ name, beforeOid: expected, afterOid, force }];
  await place.client.graphql(mutation, { input: { repositoryId: await repositoryId(place), refUpdates } }, needs);
}

/**
 * For a GitHub whose GraphQL cannot swap refs. REST has no comparison: the ref is looked at, then changed, and what
 * happens between the two is not seen. A move forward is safe all the same, since GitHub refuses what is none.
 */
async function lookAndMove(place: GitPlace, { name, next }: Move, expected: ObjectId): Promise<MoveAnswer> {
  if ((await readTip(place, name)) !== expected) return 'conflict';
  const ref = shortName(name);
  if (next === null) await place.client.request(`DELETE ${refRoute}`, { ref }, needs);
  else {
    const force = !isForward(place, expected, next);
    await place.client.request(`PATCH ${refRoute}`, { ref, sha: next, force }, needs);
  }
  return 'moved';
}

async function change(place: GitPlace, move: Move): Promise<MoveAnswer> {
  const { name, expected, next } = move;
  if (expected === null) {
    if (next !== null) await createRef(place, name, next);
    return 'moved';
  }
  try {
    await swapRef(place, name, expected, next);
    return 'moved';
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (failure === null || !says(failure, /updateRefs.*doesn't exist|Unknown type .*UpdateRefsInput/)) throw thrown;
    return lookAndMove(place, move, expected);
  }
}

/** GitHub refused. It is a lost race where the ref is no longer what was expected, as also a copy that is behind will soon show; otherwise a rule says no. */
async function judgeRefusal(
  place: GitPlace,
  { name, expected }: Move,
  failure: ForgeFailure,
): Promise<MoveAnswer | null> {
  if (expected === null) {
    await refuseNesting(place, name);
    if (says(failure, /already exists/i)) return 'conflict';
  }
  const { host } = place.client;
  for (let reads = 1; reads <= mostLooks; reads += 1) {
    if ((await readTip(place, name)) !== expected) return 'conflict';
    if (reads < mostLooks) await host.sleep(backOffMs(reads, host.random()));
  }
  return says(failure, /cannot lock ref|failed to lock|is at \w+ but expected/i) ? 'conflict' : null;
}

/**
 * Compare-and-swap. A new ref is created by REST, which refuses one that exists; every other move is the mutation
 * `updateRefs`, which compares and changes in one. After a refusal the ref is looked at, so that no wording decides.
 */
export async function moveRef(place: GitPlace, move: Move): Promise<MoveAnswer> {
  const { name, expected, next } = move;
  try {
    const answer = await change(place, move);
    if (answer === 'moved') place.moves.set(name, { from: expected, to: next, at: place.client.host.now().getTime() });
    return answer;
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (failure?.kind === 'lost' || failure?.kind === 'unsent') return 'unknown';
    const judged = failure?.kind === 'refused' ? await judgeRefusal(place, move, failure) : null;
    if (judged === null) throw thrown;
    return judged;
  }
}
