import { createRunGit, gitText, gitValue, type RunGit } from './run-git.ts';

export interface Head {
  /** null before the first commit. */
  readonly commit: string | null;
  /** null when HEAD is detached. */
  readonly branch: string | null;
  /** Name of the default branch: the remote's, otherwise `main` or `master` where they exist, otherwise the current one. */
  readonly defaultBranch: string;
  readonly isBare: boolean;
  /** The default branch is taken to be the current one; a remote may know better. */
  readonly isDefaultGuessed: boolean;
}

interface Named {
  readonly name: string;
  /** Nothing here says so: it is the branch that is checked out. */
  readonly isGuessed: boolean;
}

const named = (name: string): Named => ({ name, isGuessed: false });

async function defaultBranch(run: RunGit, branch: string | null): Promise<Named> {
  const remote = await gitValue(run, ['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD']);
  if (remote !== null) return named(remote.slice('origin/'.length));
  for (const name of ['main', 'master']) {
    for (const folder of ['refs/remotes/origin', 'refs/heads']) {
      if ((await gitValue(run, ['rev-parse', '--verify', '--quiet', `${folder}/${name}`])) !== null) return named(name);
    }
  }
  return { name: branch ?? 'main', isGuessed: true };
}

/** Paths that differ from the commit, untracked files included, as they are now; of a rename both names. Slow in a large tree. */
export async function readDirtyPaths(repository: string): Promise<readonly string[]> {
  const run = createRunGit({ repository });
  const text = await gitText(run, ['status', '--porcelain', '-z', '--untracked-files=normal']);
  return text
    .split('\0')
    .filter((entry) => entry !== '')
    .map((entry) => (/^[ MADRCUT?!]{2} /.test(entry) ? entry.slice(3) : entry));
}

async function exists(run: RunGit, revision: string): Promise<string | null> {
  return gitValue(run, ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`]);
}

/** A bare repository's HEAD may name a branch that nobody pushed: then `main` or `master` counts. */
async function bareBranch(run: RunGit, branch: string | null): Promise<string> {
  for (const name of [branch, 'main', 'master']) {
    if (name !== null && (await exists(run, `refs/heads/${name}`)) !== null) return name;
  }
  return branch ?? 'main';
}

/** Where the repository stands. Each question is a process: those that do not wait for each other run together. */
export async function readHead(repository: string): Promise<Head> {
  const run = createRunGit({ repository });
  const [bareText, branch] = await Promise.all([
    gitText(run, ['rev-parse', '--is-bare-repository']),
    gitValue(run, ['symbolic-ref', '--quiet', '--short', 'HEAD']),
  ]);
  const isBare = bareText.trim() === 'true';
  const naming = isBare ? bareBranch(run, branch).then(named) : defaultBranch(run, branch);
  const finding = isBare ? naming.then(({ name }) => exists(run, `refs/heads/${name}`)) : exists(run, 'HEAD');
  const [main, commit] = await Promise.all([naming, finding]);
  return { commit, branch, defaultBranch: main.name, isBare, isDefaultGuessed: main.isGuessed };
}

/** The default branch as the remote says now; null where it does not answer. */
export async function readRemoteDefault(repository: string, remote: string): Promise<string | null> {
  const answer = await createRunGit({ repository })(['ls-remote', '--symref', remote, 'HEAD']);
  return /^ref: refs\/heads\/(\S+)\tHEAD$/m.exec(new TextDecoder().decode(answer.stdout))?.[1] ?? null;
}

/** The address of a remote, as the configuration has it; null where there is no remote of that name. */
export async function readRemoteUrl(repository: string, remote: string): Promise<string | null> {
  return gitValue(createRunGit({ repository }), ['config', '--get', `remote.${remote}.url`]);
}
