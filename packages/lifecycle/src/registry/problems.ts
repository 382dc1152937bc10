import type { FormatProblem, Parsed } from '@model-gitops/registry';
import { type Problem, ProblemError } from '../problem.ts';

interface PointerOf {
  readonly model: string;
  readonly environment: string;
  readonly commit: string;
}

/** What the registry can refuse to do, in one table. */
export const registryProblems = {
  contention: (what: string): Problem => ({
    code: 'contention',
    message: `Other writers were always quicker: ${what} was not written in 120 seconds.`,
    remedy:
      'Try again; what was written before is found and not written twice. If nobody else writes, a Git that was stopped may have left a lock: look for *.lock below "refs" at the remote.',
  }),
  noCommit: (): Problem => ({
    code: 'no-commit',
    message: 'The repository has no commit yet, so there is nothing that a version could point at.',
    remedy: 'Make a first commit ("git commit"), then register.',
  }),
  noDefaultBranch: (branch: string, others: readonly string[] = []): Problem => ({
    code: 'default-branch-missing',
    message: `There is no branch ${branch}, which pointers are merged into${others.length === 0 ? '' : ` (there are: ${others.slice(0, 5).join(', ')})`}.`,
    remedy: `Push ${branch}; if the default branch has another name now, run "git remote set-head origin --auto".`,
  }),
  noArtifact: (model: string): Problem => ({
    code: 'artifact-none',
    message: `There is nothing to register for ${model}: no artifact was named and no run made one.`,
    remedy: 'Name one with --artifact, or train first.',
  }),
  artifactKind: (name: string, kind: string): Problem => ({
    code: 'artifact-kind',
    message: `The artifact ${name} is a ${kind}, which no store takes yet.`,
    remedy: 'Register a single file; pack a folder into an archive first.',
  }),
  noStore: (): Problem => ({
    code: 'store-missing',
    message: 'There is no place for the bytes of the model.',
    remedy: 'Name one with --store (release, or dir:<folder>), or set "store:" in .github/model-gitops.yml.',
  }),
  otherBytes: (name: string, evaluated: string, given: string): Problem => ({
    code: 'evaluation-of-other-bytes',
    message: `The evaluation is of sha256 ${evaluated}, but the artifact ${name} has ${given}.`,
    remedy: 'Evaluate the very file that is to be registered.',
  }),
  unknownModel: (model: string, known: readonly string[]): Problem => ({
    code: 'model-unknown',
    message: `No version of ${model} is registered.`,
    remedy: known.length === 0 ? 'Register one first.' : `Registered models: ${known.slice(0, 20).join(', ')}.`,
  }),
  unknownVersion: (model: string, wanted: string, known: readonly string[]): Problem => ({
    code: 'version-unknown',
    message: `${model} has no version and no environment ${wanted}.`,
    remedy: `There are: ${known.slice(-20).join(', ') || 'none'}.`,
  }),
  notRegistered: (model: string, environment: string, wanted: string | null): Problem => ({
    code: 'version-unknown',
    message:
      wanted === null
        ? `${environment} wants no version of ${model}.`
        : `${environment} wants ${model} ${wanted}, which is not registered: its tag is gone or holds no record.`,
    remedy:
      wanted === null ? 'Promote one.' : 'Run "verify": it tells what was changed; or promote a version that is there.',
  }),
  otherThanRegistered: (model: string, version: string): Problem => ({
    code: 'record-changed',
    message: `The tag of ${model} ${version} names other bytes than those that were registered under it.`,
    remedy: 'Run "verify"; do not use this version until it is clear who changed what.',
  }),
  unknownEnvironment: (environment: string, known: readonly string[]): Problem => ({
    code: 'environment-unknown',
    message: `There is no environment ${environment}.`,
    remedy: `Environments: ${known.join(', ')}. Others are declared under "environments:" in model.yaml.`,
  }),
  nothingBefore: (model: string, environment: string): Problem => ({
    code: 'nothing-to-roll-back',
    message: `${environment} never wanted another version of ${model} that could be returned to.`,
    remedy: 'Promote a version instead.',
  }),
  pointerMismatch: (model: string, version: string): Problem => ({
    code: 'digest-mismatch',
    message: `The pointer names another digest for ${model} ${version} than its record does.`,
    remedy: 'Run "verify"; do not use this model until it is clear who changed what.',
  }),
  notApproved: ({ model, environment, commit }: PointerOf, because: string): Problem => ({
    code: 'not-approved',
    message: `The pointer of ${model} in ${environment} was changed by ${commit.slice(0, 12)}: ${because}.`,
    remedy: 'Merge a promotion that somebody else approved, or pull with --allow-unapproved.',
  }),
  notApprovedYet: ({ model, environment, commit }: PointerOf, because: string): Problem => ({
    code: 'not-approved',
    message: `The pointer of ${model} in ${environment} was changed by ${commit.slice(0, 12)}, and is not known to be approved: ${because}.`,
    remedy: 'Run "reconcile", which records who approved, or pull with --allow-unapproved.',
  }),
  badTime: (text: string): Problem => ({
    code: 'time-unreadable',
    message: `${JSON.stringify(text.slice(0, 60))} is not a time.`,
    remedy: 'Write it as 2026-10-14T12:00Z or 2026-10-14.',
  }),
  unreadable: (problem: FormatProblem): Problem => problem,
};

/** The value, or its problems thrown as ours: what was given is the user's to fix. */
export function valid<T>(result: Parsed<T>): T {
  if (result.ok) return result.value;
  throw new ProblemError(result.problems.map(registryProblems.unreadable));
}
