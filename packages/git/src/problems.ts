import type { Problem } from '@model-gitops/lifecycle';

/** Git's own words as the end of a sentence: one line each, cut. */
function said(stderr: string): string {
  const lines = stderr
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('hint:'));
  return `${lines
    .slice(-3)
    .join(' / ')
    .slice(0, 400)
    .replace(/[.:\s]+$/, '')}.`;
}

/** What Git can refuse, in one table. */
export const gitProblems = {
  gitMissing: (): Problem => ({
    code: 'git-missing',
    message: 'The command "git" was not found.',
    remedy: 'Install Git 2.30 or newer and put it on the PATH.',
  }),
  notARepository: (path: string): Problem => ({
    code: 'not-a-repository',
    message: `${path} is not in a Git repository.`,
    remedy: 'Run "git init" there, or name a repository with --repository <path>.',
  }),
  dubiousOwnership: (path: string): Problem => ({
    code: 'repository-owner',
    message: `Git does not trust ${path}: it belongs to another user.`,
    remedy: `Run "git config --global --add safe.directory ${path}".`,
  }),
  identityMissing: (): Problem => ({
    code: 'identity-missing',
    message: 'Git does not know who writes: neither its configuration nor GIT_AUTHOR_NAME and GIT_AUTHOR_EMAIL say.',
    remedy: 'git config user.name "Your Name"\ngit config user.email "you@example.com"',
  }),
  remoteUnreachable: (remote: string, stderr: string): Problem => ({
    code: 'remote-unreachable',
    message: `The remote ${remote} did not answer: ${said(stderr)}`,
    remedy: 'Check the network and "git remote -v", then try again; --local works without it.',
  }),
  remoteRefused: (remote: string, stderr: string): Problem => ({
    code: 'remote-refused',
    message: `The remote ${remote} refused access: ${said(stderr)}`,
    remedy:
      'Use credentials that may read and write contents; in a workflow, add "permissions: { contents: write }" to the job.',
  }),
  writeRefused: (name: string, reason: string): Problem => ({
    code: 'write-refused',
    message: `The remote refused to change ${name}: ${reason}.`,
    remedy: 'Allow the writer this ref: look at the rules, protected branches and hooks of the remote.',
  }),
  refNameConflict: (name: string, other: string): Problem => ({
    code: 'ref-name-conflict',
    message: `The ref ${name} cannot exist beside ${other}: Git keeps refs as files and folders.`,
    remedy: `Rename or delete ${other}.`,
  }),
  branchCheckedOut: (name: string): Problem => ({
    code: 'branch-checked-out',
    message: `${name} is checked out here, so it is not moved: the working tree would no longer match it.`,
    remedy: 'Switch to another branch and try again.',
  }),
  staleLock: (path: string): Problem => ({
    code: 'ref-locked',
    message: `${path} has been there for over a minute: a Git that was stopped left it, and nobody can write while it is there.`,
    remedy: 'Make sure that no Git runs in this repository, then delete the file.',
  }),
  historyCut: (): Problem => ({
    code: 'history-cut',
    message: 'This clone is shallow: it lacks old commits, so what was decided when cannot be told from it alone.',
    remedy: 'Run "git fetch --unshallow" (actions/checkout: "fetch-depth: 0"), or ask where the remote answers.',
  }),
  gitFailed: (command: string, stderr: string): Problem => ({
    code: 'git-failed',
    message: `"git ${command}" failed: ${said(stderr)}`,
    remedy: 'Run "git fsck" and look at what Git says.',
  }),
};
