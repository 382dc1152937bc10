import { createRunGit, gitText, gitValue, type RunGit } from './run-git.ts';

export interface Head {
  /** null before the first commit. */
  readonly commit: string | null;
  /** null when HEAD is detached. */
  readonly branch: string | null;
  /** Name of the default branch: the remote's, otherwise `main` or `master` where they exist, otherwise the current one. */
  readonly defaultBranch: string;
  /** Paths that differ from the commit, untracked files included; empty in a bare repository. */
  readonly dirty: readonly string[];
  readonly committerDate: string | null;
  readonly isBare: boolean;
}

async function defaultBranch(run: RunGit, branch: string | null): Promise<string> {
  const remote = await gitValue(run, ['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD']);
  if (remote !== null) return remote.slice('origin/'.length);
  for (const name of ['main', 'master']) {
    for (const folder of ['refs/remotes/origin', 'refs/heads']) {
      if ((await gitValue(run, ['rev-parse', '--verify', '--quiet', `${folder}/${name}`])) !== null) return name;
    }
  }
  return branch ?? 'main';
}

/** Paths of `status --porcelain -z`; of a rename both names. */
async function dirtyPaths(run: RunGit): Promise<string[]> {
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

async function committerDateOf(run: RunGit, commit: string | null): Promise<string | null> {
  const seconds = commit === null ? null : await gitValue(run, ['log', '-1', '--format=%ct', commit]);
  return seconds === null ? null : `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}Z`;
}

/** Where the repository stands. Each question is a process: those that do not wait for each other run together. */
export async function readHead(repository: string): Promise<Head> {
  const run = createRunGit({ repository });
  const [bareText, branch] = await Promise.all([
    gitText(run, ['rev-parse', '--is-bare-repository']),
    gitValue(run, ['symbolic-ref', '--quiet', '--short', 'HEAD']),
  ]);
  const isBare = bareText.trim() === 'true';
  const naming = isBare ? bareBranch(run, branch) : defaultBranch(run, branch);
  const finding = isBare ? naming.then((main) => exists(run, `refs/heads/${main}`)) : exists(run, 'HEAD');
  const [main, commit, dirty, committerDate] = await Promise.all([
    naming,
    finding,
    isBare ? [] : dirtyPaths(run),
    finding.then((found) => committerDateOf(run, found)),
  ]);
  return { commit, branch, defaultBranch: main, dirty, committerDate, isBare };
}

/** Whether a remote of that name is configured. */
export async function hasRemote(repository: string, remote: string): Promise<boolean> {
  return (await gitValue(createRunGit({ repository }), ['config', '--get', `remote.${remote}.url`])) !== null;
}
