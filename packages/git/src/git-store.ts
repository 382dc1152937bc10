import {
  type CommitObject,
  type GitObject,
  type GitStore,
  type HistoryQuery,
  type ObjectId,
  ProblemError,
  type Ref,
} from '@model-gitops/lifecycle';
import { type Move, type MoveAnswer, moveLocalRef, pushRef } from './move-ref.ts';
import { createObjectProcess } from './object-process.ts';
import { gitProblems } from './problems.ts';
import { missingObjects, type ObjectSource, readLocalObjects } from './read-objects.ts';
import {
  deepen,
  fetchMissing,
  isShallow,
  listLocalRefs,
  listRememberedRefs,
  listRemoteRefs,
  trackingName,
} from './remote.ts';
import { createRunGit, createSpawnGit, gitText, gitValue, type RunGit } from './run-git.ts';
import { writeObject } from './write-object.ts';

export interface GitStoreOptions {
  /** A folder in a working tree, or a bare repository. */
  readonly repository: string;
  /** The authority, usually `origin`; null: the repository itself. */
  readonly remote: string | null;
  /** With a remote: read what the clone remembers and write to the clone only. */
  readonly offline?: boolean;
  /** For https remotes; travels in the environment of the git process. */
  readonly token?: string;
  /** Replaces the git process, for tests of faults. */
  readonly runGit?: RunGit;
}

interface Place {
  readonly run: () => Promise<RunGit>;
  readonly source: () => Promise<ObjectSource>;
  readonly remote: string | null;
  readonly isOffline: boolean;
  /** Tips by id, as last seen at the remote. */
  readonly tips: Map<ObjectId, string>;
  /** Ids known to be here: asked once. */
  readonly present: Set<ObjectId>;
}

function createPlace(options: GitStoreOptions): Place {
  const plain = options.runGit ?? createRunGit({ repository: options.repository });
  const { remote, token } = options;
  const open = async (): Promise<ObjectSource> => {
    if (options.runGit !== undefined) return { run: options.runGit, ask: null };
    const isTokenNeeded = remote !== null && token !== undefined;
    const remoteUrl = isTokenNeeded ? await gitValue(plain, ['remote', 'get-url', remote]) : null;
    const git = { repository: options.repository, ...(isTokenNeeded ? { token, remoteUrl } : {}) };
    return { run: createRunGit(git), ask: createObjectProcess(createSpawnGit(git)) };
  };
  let ready: Promise<ObjectSource> | null = null;
  const source = () => {
    ready ??= open();
    return ready;
  };
  const run = async () => (await source()).run;
  return { run, source, remote, isOffline: options.offline === true, tips: new Map(), present: new Set() };
}

async function readRefs(place: Place, prefix: string): Promise<readonly Ref[]> {
  const run = await place.run();
  if (place.remote === null) return listLocalRefs(run, prefix);
  if (place.isOffline) return listRememberedRefs(run, place.remote, prefix);
  const refs = await listRemoteRefs(run, place.remote, prefix);
  for (const ref of refs) place.tips.set(ref.id, ref.name);
  return refs;
}

/** Ids that names start with, that are not known to be here. */
function unseenIds(place: Place, names: readonly string[]): ObjectId[] {
  const ids = names.map((name) => name.split(':', 1)[0] ?? '').filter((id) => /^[0-9a-f]{40,64}$/.test(id));
  return [...new Set(ids)].filter((id) => !place.present.has(id));
}

async function readObjects(place: Place, names: readonly string[]): Promise<readonly (GitObject | null)[]> {
  const source = await place.source();
  const { run } = source;
  const objects = await readLocalObjects(source, names);
  for (const object of objects) if (object !== null) place.present.add(object.id);
  if (place.remote === null || place.isOffline) return objects;
  const suspects = unseenIds(
    place,
    names.filter((_, index) => objects[index] === null),
  );
  const missing = await missingObjects(run, suspects);
  for (const id of suspects) if (!missing.includes(id)) place.present.add(id);
  if (missing.length === 0) return objects;
  await fetchMissing(run, place.remote, missing, place.tips);
  return readLocalObjects(source, names);
}

async function readHistory(place: Place, { from, path, firstParent }: HistoryQuery): Promise<readonly CommitObject[]> {
  const run = await place.run();
  const [start] = await readObjects(place, [from]);
  if (start?.kind !== 'commit') return [];
  if (place.remote !== null && !place.isOffline) await deepen(run, place.remote);
  else if (await isShallow(run)) throw new ProblemError(gitProblems.historyCut(), { kind: 'could-not-run' });
  // --show-pulls keeps merges that differ from their first parent only
  const mode = firstParent ? ['--first-parent'] : ['--full-history', '--show-pulls'];
  const where = path === '' ? [] : [`:(top,literal)${path}`];
  const text = await gitText(run, ['rev-list', '--topo-order', ...mode, from, '--', ...where]);
  const commits = await readLocalObjects(
    await place.source(),
    text.split('\n').filter((id) => id !== ''),
  );
  return commits.filter((commit): commit is CommitObject => commit?.kind === 'commit');
}

async function refuseCheckedOut(run: RunGit, name: string): Promise<void> {
  if ((await gitValue(run, ['rev-parse', '--is-bare-repository'])) === 'true') return;
  if ((await gitValue(run, ['symbolic-ref', '--quiet', 'HEAD'])) === name)
    throw new ProblemError(gitProblems.branchCheckedOut(name));
}

async function moveHere(run: RunGit, move: Move): Promise<MoveAnswer> {
  if (move.name.startsWith('refs/heads/')) await refuseCheckedOut(run, move.name);
  return moveLocalRef(run, move);
}

/** Offline the expected value may be the remembered one, while the branch does not exist here yet. */
async function moveOffline(place: Place, run: RunGit, move: Move): Promise<MoveAnswer> {
  const known = (await readRefs(place, move.name)).find((ref) => ref.name === move.name)?.id ?? null;
  if (known !== move.expected) return 'conflict';
  const here = await gitValue(run, ['rev-parse', '--verify', '--quiet', move.name]);
  return moveHere(run, { ...move, expected: here });
}

/** What we have just pushed is remembered here, so that reading offline sees it. A failure costs nothing: the next read fetches. */
async function remember(run: RunGit, remote: string, { name, next }: Move): Promise<void> {
  const tracking = trackingName(remote, name);
  if (tracking === null) return;
  await run(next === null ? ['update-ref', '-d', tracking] : ['update-ref', tracking, next]);
}

async function moveRef(place: Place, move: Move): Promise<MoveAnswer> {
  const run = await place.run();
  if (place.remote === null) return moveHere(run, move);
  if (place.isOffline) return moveOffline(place, run, move);
  const answer = await pushRef(run, place.remote, move);
  if (answer === 'moved') await remember(run, place.remote, move);
  return answer;
}

/** GitStore over the git command: a laptop's clone, a bare repository, any forge. Source: git 2.30 and newer. */
export function gitStore(options: GitStoreOptions): GitStore {
  const place = createPlace(options);
  return {
    readRefs: (prefix) => readRefs(place, prefix),
    readObjects: (names) => readObjects(place, names),
    readHistory: (query) => readHistory(place, query),
    writeObject: async (object) => writeObject(await place.run(), object),
    moveRef: (name, expected, next) => moveRef(place, { name, expected, next }),
  };
}
