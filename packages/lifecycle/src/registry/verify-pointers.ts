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
import type { Finding } from './documents.ts';

/** Paths that differ between the trees of two commits; whole folders that are equal are never opened. */
export async function changedFiles(
  git: GitStore,
  before: ObjectId | null,
  after: ObjectId,
): Promise<readonly string[]> {
  const changed: string[] = [];
  let level: { prefix: string; a: string | null; b: string | null }[] = [
    { prefix: '', a: before === null ? null : `${before}:`, b: `${after}:` },
  ];
  while (level.length > 0) {
    const names = level.flatMap(({ a, b }) => [a, b]).filter((name): name is string => name !== null);
    const objects = await git.readObjects(names);
    const entriesOf = new Map(
      names.map((name, index) => {
        const object = objects[index];
        return [name, object?.kind === 'tree' ? object.entries : []] as const;
      }),
    );
    const next: typeof level = [];
    for (const { prefix, a, b } of level) {
      const left = new Map((a === null ? [] : (entriesOf.get(a) ?? [])).map((entry) => [entry.name, entry]));
      const right = new Map((b === null ? [] : (entriesOf.get(b) ?? [])).map((entry) => [entry.name, entry]));
      for (const name of new Set([...left.keys(), ...right.keys()])) {
        const [one, two] = [left.get(name), right.get(name)];
        if (one?.id === two?.id) continue;
        const [oneTree, twoTree] = [one?.kind === 'tree' ? one.id : null, two?.kind === 'tree' ? two.id : null];
        if (oneTree !== null || twoTree !== null) next.push({ prefix: `${prefix}${name}/`, a: oneTree, b: twoTree });
        if ((one !== undefined && oneTree === null) || (two !== undefined && twoTree === null))
          changed.push(`${prefix}${name}`);
      }
    }
    level = next;
  }
  return changed.sort();
}

async function touchesOnly(
  git: GitStore,
  commit: ObjectId,
  parent: ObjectId | undefined,
  path: string,
): Promise<boolean> {
  const changed = await changedFiles(git, parent ?? null, commit);
  return changed.length === 1 && changed[0] === path;
}

/** A merge whose whole effect is this pointer, and whose other side is a commit that touches nothing else and says the same. */
async function isPromotionMerge(git: GitStore, change: FileChange): Promise<boolean> {
  const [first, second, ...more] = change.parents;
  if (first === undefined || second === undefined || more.length > 0) return false;
  const [side, blob] = await git.readObjects([second, `${second}:${change.path}`]);
  if (side?.kind !== 'commit' || side.parents.length !== 1) return false;
  const text = blob?.kind === 'blob' ? blob.text : null;
  if (text !== change.text) return false;
  return (
    (await touchesOnly(git, change.commit, first, change.path)) &&
    touchesOnly(git, second, side.parents[0], change.path)
  );
}

/** A squash merge leaves no second parent: then a recorded request with the same content must have asked for it. */
async function isSquashedPromotion(git: GitStore, facts: RegistryFacts, change: FileChange): Promise<boolean> {
  if (change.parents.length !== 1) return false;
  const requests = eventsOf(facts.events, 'promotion-requested').filter(
    (event) => event.model === change.model && event.environment === change.environment,
  );
  for (const { commit } of requests) {
    const [blob] = await git.readObjects([`${commit}:${change.path}`]);
    const isSame = blob?.kind === 'blob' && blob.text === change.text;
    if (isSame) return touchesOnly(git, change.commit, change.parents[0], change.path);
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
