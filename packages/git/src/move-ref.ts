import { stat } from 'node:fs/promises';
import { type ObjectId, ProblemError } from '@model-gitops/lifecycle';
import { gitProblems } from './problems.ts';
import type { GitAnswer, RunGit } from './run-git.ts';

export type MoveAnswer = 'moved' | 'conflict' | 'unknown';
export interface Move {
  readonly name: string;
  readonly expected: ObjectId | null;
  readonly next: ObjectId | null;
}

function refuseNesting(name: string, stderr: string): void {
  const match = /'([^']+)' exists; cannot create '([^']+)'/.exec(stderr);
  if (match !== null) throw new ProblemError(gitProblems.refNameConflict(name, match[1] ?? ''));
}

/** A lock held by another process, an old value that no longer fits, a ref that is there already. */
const lostRace =
  /cannot lock ref|reference already exists|unable to resolve reference|\.lock': File exists|but expected/;

const longestLockMs = 60_000;

/** Writers hold a lock for an instant; one that is old would be waited for in vain. A lock at a remote elsewhere cannot be looked at. */
async function refuseStaleLock(stderr: string): Promise<void> {
  const path = /Unable to create '(.+\.lock)': File exists/.exec(stderr)?.[1];
  if (path === undefined) return;
  const since = await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => Date.now(),
  );
  if (Date.now() - since > longestLockMs)
    throw new ProblemError(gitProblems.staleLock(path), { kind: 'could-not-run' });
}

/** Compare-and-swap in the repository itself. */
export async function moveLocalRef(run: RunGit, { name, expected, next }: Move): Promise<MoveAnswer> {
  const zero = '0'.repeat((next ?? expected ?? '').length || 40);
  const args =
    next === null ? ['update-ref', '-d', name, expected ?? zero] : ['update-ref', name, next, expected ?? zero];
  if (next === null && expected === null) return 'moved';
  const answer = await run(args);
  if (answer.exitCode === 0) return 'moved';
  refuseNesting(name, answer.stderr);
  await refuseStaleLock(answer.stderr);
  if (lostRace.test(answer.stderr)) return 'conflict';
  throw new ProblemError(gitProblems.gitFailed('update-ref', answer.stderr), { kind: 'could-not-run' });
}

/** The line of `push --porcelain` about our one ref: `<flag>\t<from>:<to>\t<summary>`. */
function statusLine(stdout: string, name: string): { flag: string; summary: string } | null {
  for (const line of stdout.split('\n')) {
    const [flag = '', refs = '', summary = ''] = line.split('\t');
    if (refs.endsWith(`:${name}`)) return { flag, summary };
  }
  return null;
}

const refusedAccess =
  /Authentication failed|could not read Username|Permission .*denied|permission denied|Write access|error: 40[13]|HTTP 40[13]|access denied/i;
const neverSent =
  /Could not resolve host|Connection refused|does not appear to be a git repository|Could not read from remote repository|Network is unreachable|repository .* not found|No such remote/i;

/** Why the remote could not be asked, where it surely did nothing. */
export function remoteProblem(remote: string, stderr: string): ProblemError | null {
  if (refusedAccess.test(stderr)) return new ProblemError(gitProblems.remoteRefused(remote, stderr));
  if (neverSent.test(stderr))
    return new ProblemError(gitProblems.remoteUnreachable(remote, stderr), { kind: 'could-not-run' });
  return null;
}

function judgeRejection(name: string, summary: string, stderr: string): MoveAnswer {
  refuseNesting(name, stderr);
  const reason = /\(([^)]*)\)\s*$/.exec(summary)?.[1] ?? summary;
  if (
    reason === 'stale info' ||
    reason === 'fetch first' ||
    reason === 'non-fast-forward' ||
    reason === 'already exists'
  )
    return 'conflict';
  if (/failed to update ref|cannot lock ref|reference already exists|incorrect old value|failed to lock/.test(reason))
    return 'conflict';
  throw new ProblemError(gitProblems.writeRefused(name, reason));
}

/** What a push answered. `=`: the ref held `next` already, so somebody else put it there: a lost race, not our move. */
export function judgePush(answer: GitAnswer, move: Move, remote: string): MoveAnswer {
  const status = statusLine(new TextDecoder().decode(answer.stdout), move.name);
  if (status?.flag === '!') return judgeRejection(move.name, status.summary, answer.stderr);
  if (status?.flag === '=') return move.expected === move.next ? 'moved' : 'conflict';
  if (status !== null && answer.exitCode === 0) return 'moved';
  if (answer.isTimedOut || status !== null) return 'unknown';
  // deleting what is not there: git answers without a line about the ref
  if (/remote ref does not exist|unable to delete/.test(answer.stderr)) return 'conflict';
  if (/failed to push some refs/.test(answer.stderr) && /pre-push/.test(answer.stderr)) {
    throw new ProblemError(gitProblems.writeRefused(move.name, 'the pre-push hook of this repository declined'));
  }
  const problem = remoteProblem(remote, answer.stderr);
  if (problem !== null) throw problem;
  return 'unknown';
}

/** Compare-and-swap at the remote: the lease names the value that must be there (nothing: the ref must not exist). */
export async function pushRef(run: RunGit, remote: string, move: Move): Promise<MoveAnswer> {
  if (move.next === null && move.expected === null) return 'moved';
  const lease = `--force-with-lease=${move.name}:${move.expected ?? ''}`;
  const answer = await run([
    '-c',
    'push.followTags=false',
    '-c',
    'push.recurseSubmodules=no',
    'push',
    '--porcelain',
    lease,
    remote,
    `${move.next ?? ''}:${move.name}`,
  ]);
  const judged = judgePush(answer, move, remote);
  if (judged === 'conflict') await refuseStaleLock(answer.stderr);
  return judged;
}
