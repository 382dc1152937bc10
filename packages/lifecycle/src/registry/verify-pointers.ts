import {
  eventsOf,
  type FileChange,
  foldModel,
  parseArchive,
  parsePointer,
  pointerOf,
  type RegistryFacts,
} from '@model-gitops/registry';
import type { GitStore, ObjectId } from '../ports/index.ts';
import { touchesOnly } from './changed-files.ts';
import type { Finding } from './documents.ts';

/**
 * A merge whose whole effect is this pointer, and whose other side is a commit that touches nothing else and says the
 * same. Where the forge brought the branch up to date that commit is a merge, of the default branch as its last parent.
 */
async function isPromotionMerge(git: GitStore, change: FileChange): Promise<boolean> {
  const [first, second, ...more] = change.parents;
  if (first === undefined || second === undefined || more.length > 0) return false;
  const [side, blob] = await git.readObjects([second, `${second}:${change.path}`]);
  if (side?.kind !== 'commit' || side.parents.length < 1 || side.parents.length > 2) return false;
  const text = blob?.kind === 'blob' ? blob.text : null;
  if (text !== change.text) return false;
  return (
    (await touchesOnly(git, change.commit, first, change.path)) &&
    touchesOnly(git, second, side.parents.at(-1), change.path)
  );
}

/** The last commit, as of this one, that changed a pointer on the branch itself; null for none. */
async function lastChangeOf(git: GitStore, from: ObjectId | undefined, path: string): Promise<ObjectId | null> {
  if (from === undefined) return null;
  const [last] = await git.readHistory({ from, path, firstParent: true });
  return last?.id ?? null;
}

/**
 * A squash or rebase leaves no second parent: then a recorded request with the same content must have asked for it, and
 * must have been made on the pointer as it stood right before. An older request was answered: it may not be used again.
 */
async function isSquashedPromotion(git: GitStore, facts: RegistryFacts, change: FileChange): Promise<boolean> {
  const [parent, ...more] = change.parents;
  if (parent === undefined || more.length > 0) return false;
  const requests = eventsOf(facts.events, 'promotion-requested').filter(
    (event) => event.model === change.model && event.environment === change.environment,
  );
  for (const { commit } of requests) {
    const [request, blob] = await git.readObjects([commit, `${commit}:${change.path}`]);
    const isSame = request?.kind === 'commit' && blob?.kind === 'blob' && blob.text === change.text;
    if (!isSame) continue;
    const before = await lastChangeOf(git, parent, change.path);
    if ((await lastChangeOf(git, request.parents[0], change.path)) !== before) continue;
    return touchesOnly(git, change.commit, parent, change.path);
  }
  return false;
}

/** Whether a pointer's change came from a promotion that was merged. Who approved it only a forge can say. */
export async function isFromPromotion(git: GitStore, facts: RegistryFacts, change: FileChange): Promise<boolean> {
  return (await isPromotionMerge(git, change)) || isSquashedPromotion(git, facts, change);
}

function outside(change: FileChange): Finding {
  const { model, environment, commit, path, author } = change;
  return {
    rule: 'pointer-outside-promotion',
    model,
    environment,
    commit,
    what: `${path} was changed by ${author} in ${commit.slice(0, 12)}, which merged no promotion`,
  };
}

/** A pointer must name a registered version with its digest. */
function pointerFindings(facts: RegistryFacts, change: FileChange): Finding[] {
  const { model, environment, commit, text, path } = change;
  if (text === null) return [];
  const found = (what: string): Finding[] => [{ rule: 'digest-mismatch', model, environment, commit, what }];
  if (environment === 'archived') return parseArchive(text).ok ? [] : found(`${path} is not readable`);
  const parsed = parsePointer(text);
  const pointer = pointerOf(change);
  if (!parsed.ok || pointer === null) return found(`${path} is not readable`);
  const version = foldModel(facts, model).versions.find((candidate) => candidate.version === pointer.version);
  if (version === undefined) return found(`${path} names ${pointer.version}, which is not registered`);
  return version.digest === pointer.digest
    ? []
    : found(`${path} names ${pointer.digest} for ${pointer.version}, the record ${version.digest}`);
}

/** Every change of every pointer, and the digests of those that stand now. */
export async function verifyPointers(git: GitStore, facts: RegistryFacts): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const current = new Set<string>();
  for (const change of facts.files) {
    if (!(await isFromPromotion(git, facts, change))) findings.push(outside(change));
    if (!current.has(change.path)) findings.push(...pointerFindings(facts, change));
    current.add(change.path);
  }
  return findings;
}
