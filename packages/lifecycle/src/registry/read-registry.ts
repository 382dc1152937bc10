import {
  type FileChange,
  type FormatProblem,
  foldRegistry,
  isOwnBranch,
  type ModelState,
  parseArchive,
  parseModelName,
  parsePointer,
  parseRecord,
  parseTagName,
  type RegistryFacts,
  type TaggedVersion,
} from '@model-gitops/registry';
import type { CommitObject, GitObject, GitStore, ObjectId, Ref } from '../ports/index.ts';
import { ProblemError } from '../problem.ts';
import { ledgerRef, readLedgerAt } from './ledger.ts';
import type { RegistryReader } from './ports.ts';
import { registryProblems } from './problems.ts';
import { listFilesOfAll, readTexts } from './read-files.ts';

/** The registry as it was read, with what it was read from. */
export interface Registry {
  readonly facts: RegistryFacts;
  readonly models: readonly ModelState[];
  readonly ledgerHead: ObjectId | null;
  /** Tip of the default branch; null before its first commit. */
  readonly defaultHead: ObjectId | null;
  /** Every branch, by its full name. */
  readonly branches: readonly Ref[];
  /** What could not be read and was left out. */
  readonly problems: readonly FormatProblem[];
}

function taggedVersion(ref: Ref, object: GitObject | null): TaggedVersion | null {
  const name = parseTagName(ref.name);
  if (!name.ok) return null;
  const tag = ref.name.slice('refs/tags/'.length);
  const common = { ...name.value, tag, object: ref.id };
  if (object?.kind !== 'tag')
    return { ...common, target: ref.id, at: '1970-01-01T00:00:00Z', record: null, problems: [] };
  const record = parseRecord(object.message);
  const isOurs = record.ok && record.value.model === name.value.model && record.value.version === name.value.version;
  return {
    ...common,
    target: object.target,
    at: object.tagger.date,
    record: isOurs ? record.value : null,
    problems: record.ok ? [] : record.problems,
  };
}

async function readVersionRefs(git: GitStore, model: string | null): Promise<readonly Ref[]> {
  const refs = await git.readRefs(model === null ? 'refs/tags/' : `refs/tags/${model}@v`);
  return refs.filter((ref) => parseTagName(ref.name).ok);
}

/** The versions of one model, or of all: their tags and the records in them. `besides` is asked for in the same call: a store that remembers has it then. */
export async function readVersions(
  git: GitStore,
  model: string | null,
  besides: readonly string[] = [],
): Promise<readonly TaggedVersion[]> {
  const named = await readVersionRefs(git, model);
  const names = [...named.map((ref) => ref.id), ...besides];
  const objects = names.length === 0 ? [] : await git.readObjects(names);
  return named.flatMap((ref, index) => taggedVersion(ref, objects[index] ?? null) ?? []);
}

/** `<model>/<environment>.yaml` below the registry folder. */
function parseFilePath(path: string): { model: string; environment: string } | null {
  const match = /^([^/]+)\/([^/]+)\.yaml$/.exec(path);
  const [, model = '', environment = ''] = match ?? [];
  return match !== null && parseModelName(model).ok ? { model, environment } : null;
}

type Snapshot = ReadonlyMap<string, ObjectId>;

async function snapshotsAt(
  git: GitStore,
  folder: string,
  commits: readonly CommitObject[],
): Promise<readonly Snapshot[]> {
  const files = await listFilesOfAll(
    git,
    commits.map((commit) => `${commit.id}:${folder}`),
  );
  return files.map((snapshot) => new Map(snapshot.map((file) => [file.path, file.id])));
}

function changedPaths(before: Snapshot, after: Snapshot): string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path)).sort();
}

/** Every change of a pointer on the default branch, newest first, in the order in which the branch moved. */
async function readFileChanges(
  { git, folder }: RegistryReader,
  defaultHead: ObjectId | null,
): Promise<readonly FileChange[]> {
  if (defaultHead === null) return [];
  const commits = await git.readHistory({ from: defaultHead, path: folder, firstParent: true });
  const snapshots = await snapshotsAt(git, folder, commits);
  const texts = await readTexts(
    git,
    snapshots.flatMap((snapshot) => [...snapshot.values()]),
  );
  return commits.flatMap((commit, index) => {
    const after = snapshots[index] ?? new Map<string, ObjectId>();
    const before = snapshots[index + 1] ?? new Map<string, ObjectId>();
    return changedPaths(before, after).flatMap((path): FileChange[] => {
      const name = parseFilePath(path);
      const text = texts.get(after.get(path) ?? '') ?? null;
      const { id, parents, author, committer } = commit;
      return name === null
        ? []
        : [{ ...name, path: `${folder}/${path}`, commit: id, parents, at: committer.date, author: author.name, text }];
    });
  });
}

/** Without the default branch no pointer would be seen. Only where no branch was pushed yet there is none to miss. */
function refuseMissingBranch(name: string, branches: readonly Ref[], head: ObjectId | null): void {
  const others = branches.map((ref) => ref.name.slice('refs/heads/'.length)).filter((branch) => !isOwnBranch(branch));
  if (head === null && others.length > 0) throw new ProblemError(registryProblems.noDefaultBranch(name, others));
}

/** Current pointer files that decide nothing, because nobody can tell what they say. */
function unreadablePointers(files: readonly FileChange[]): readonly FormatProblem[] {
  const current = new Map(files.toReversed().map((change) => [change.path, change]));
  return [...current.values()].flatMap(({ path, text, environment }) => {
    const read = text === null ? null : environment === 'archived' ? parseArchive(text) : parsePointer(text);
    if (read === null || read.ok) return [];
    return read.problems.map((problem) => ({ ...problem, message: `${path}: ${problem.message}` }));
  });
}

/** Reads tags, pointers with their history, and events (all, or those whose file name is wanted); folds them to state. */
export async function readRegistry(
  reader: RegistryReader,
  isWanted: (name: string) => boolean = () => true,
): Promise<Registry> {
  const branches = await reader.git.readRefs('refs/heads/');
  const tip = (name: string) => branches.find((ref) => ref.name === name)?.id ?? null;
  const defaultHead = tip(`refs/heads/${reader.defaultBranch}`);
  refuseMissingBranch(reader.defaultBranch, branches, defaultHead);
  const ledgerHead = tip(ledgerRef);
  const versions = await readVersions(reader.git, null, ledgerHead === null ? [] : [`${ledgerHead}:`]);
  const files = await readFileChanges(reader, defaultHead);
  const ledger = await readLedgerAt(reader.git, ledgerHead, null, isWanted);
  const facts = { versions, files, events: ledger.events };
  return {
    facts,
    models: foldRegistry(facts),
    ledgerHead,
    defaultHead,
    branches,
    problems: [...unreadablePointers(files), ...ledger.problems],
  };
}
