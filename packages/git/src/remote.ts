import { type ObjectId, ProblemError, type Ref } from '@model-gitops/lifecycle';
import { remoteProblem } from './move-ref.ts';
import { gitProblems } from './problems.ts';
import { missingObjects } from './read-objects.ts';
import { gitText, gitValue, type RunGit } from './run-git.ts';

function byName(a: Ref, b: Ref): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function parseRefs(text: string, prefix: string): Ref[] {
  const refs = text.split('\n').flatMap((line): Ref[] => {
    const [id = '', name = ''] = line.split(/[\t ]/);
    return name.startsWith(prefix) ? [{ name, id }] : [];
  });
  return refs.sort(byName);
}

/** The remote's refs as they are now. */
export async function listRemoteRefs(run: RunGit, remote: string, prefix: string): Promise<Ref[]> {
  const answer = await run(['ls-remote', '--refs', remote, `${prefix}*`]);
  const text = new TextDecoder().decode(answer.stdout);
  if (answer.exitCode === 0) return parseRefs(text, prefix);
  throw (
    remoteProblem(remote, answer.stderr) ??
    new ProblemError(gitProblems.remoteUnreachable(remote, answer.stderr), { kind: 'could-not-run' })
  );
}

export async function listLocalRefs(run: RunGit, prefix: string): Promise<Ref[]> {
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  return parseRefs(await gitText(run, ['for-each-ref', '--format=%(objectname) %(refname)', folder]), prefix);
}

/** Where a ref of the remote is remembered here: branches as remote-tracking branches, tags as tags. */
export function trackingName(remote: string, name: string): string | null {
  if (name.startsWith('refs/heads/')) return `refs/remotes/${remote}/${name.slice('refs/heads/'.length)}`;
  return name.startsWith('refs/tags/') ? name : null;
}

async function isAncestor(run: RunGit, older: ObjectId, newer: ObjectId): Promise<boolean> {
  return (await run(['merge-base', '--is-ancestor', older, newer])).exitCode === 0;
}

/** What a clone knows without asking: of a branch that is here and remembered, the one that is further on; what the remote said where they diverged. */
export async function listRememberedRefs(run: RunGit, remote: string, prefix: string): Promise<Ref[]> {
  const local = await listLocalRefs(run, 'refs/');
  const known = new Map(local.filter((ref) => !ref.name.startsWith('refs/remotes/')).map((ref) => [ref.name, ref.id]));
  const folder = `refs/remotes/${remote}/`;
  for (const { name, id } of local) {
    if (!name.startsWith(folder) || name === `${folder}HEAD`) continue;
    const branch = `refs/heads/${name.slice(folder.length)}`;
    const here = known.get(branch);
    if (here === undefined || (here !== id && branch.startsWith(prefix) && !(await isAncestor(run, id, here))))
      known.set(branch, id);
  }
  const refs = [...known].map(([name, id]) => ({ name, id }));
  return refs.filter((ref) => ref.name.startsWith(prefix)).sort(byName);
}

/** A clone that was cut off: old commits are not here, and what is here looks like the beginning. */
export async function isShallow(run: RunGit): Promise<boolean> {
  return (await gitValue(run, ['rev-parse', '--is-shallow-repository'])) === 'true';
}

/** A tip is remembered under its name, so that it survives a clean-up and can be read offline; other objects come without one. */
function refspec(remote: string, id: ObjectId, names: ReadonlyMap<ObjectId, string>): string {
  const name = names.get(id);
  const tracking = name === undefined ? null : trackingName(remote, name);
  if (tracking === null) return id;
  return tracking.startsWith('refs/tags/') ? `${id}:${tracking}` : `+${id}:${tracking}`;
}

async function fetchObjects(run: RunGit, remote: string, refspecs: readonly string[]): Promise<void> {
  const depth = (await isShallow(run)) ? ['--depth=1'] : [];
  const answer = await run([
    'fetch',
    '--quiet',
    '--no-tags',
    '--no-write-fetch-head',
    '--no-recurse-submodules',
    ...depth,
    remote,
    ...refspecs,
  ]);
  if (answer.exitCode === 0 || answer.stderr.includes('not our ref')) return;
  const problem = remoteProblem(remote, answer.stderr);
  if (problem !== null) throw problem;
}

/** Brings objects that are not here. Those that the remote does not have either stay missing; whether one came is asked of the object database, never of an exit code. */
export async function fetchMissing(
  run: RunGit,
  remote: string,
  ids: readonly ObjectId[],
  names: ReadonlyMap<ObjectId, string>,
): Promise<void> {
  await fetchObjects(
    run,
    remote,
    ids.map((id) => refspec(remote, id, names)),
  );
  for (const id of await missingObjects(run, ids)) await fetchObjects(run, remote, [id]);
}

/** History is asked for: a shallow clone gets the commits and trees that it lacks. */
export async function deepen(run: RunGit, remote: string): Promise<void> {
  if (!(await isShallow(run))) return;
  const answer = await run([
    'fetch',
    '--quiet',
    '--no-tags',
    '--no-write-fetch-head',
    '--unshallow',
    '--filter=blob:none',
    remote,
  ]);
  if (answer.exitCode === 0 || !(await isShallow(run))) return;
  throw (
    remoteProblem(remote, answer.stderr) ??
    new ProblemError(gitProblems.remoteUnreachable(remote, answer.stderr), { kind: 'could-not-run' })
  );
}
