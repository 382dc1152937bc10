/** Where a person merges: what is checked out, and where the branch lies. */
export type MergePlace = 'clone' | 'working-tree' | 'bare';

export interface MergeCommands {
  /** The one command that decides, run on the default branch. */
  readonly merge: string;
  /** That command with those around it, in order. */
  readonly commands: readonly string[];
}

/** The commands that merge a promotion where no forge offers a button. `--no-ff`: the merge commit is the decision that history and `verify` look for. */
export function mergeCommands(place: MergePlace, defaultBranch: string, branch: string): MergeCommands {
  if (place === 'working-tree') {
    const merge = `git merge --no-ff --no-edit ${branch}`;
    return { merge, commands: [`git checkout ${defaultBranch}`, merge] };
  }
  const merge = `git merge --no-ff --no-edit origin/${branch}`;
  const around = [
    'git fetch origin',
    `git checkout ${defaultBranch}`,
    `git merge --ff-only origin/${defaultBranch}`,
    merge,
    `git push origin ${defaultBranch}`,
  ];
  return {
    merge,
    commands: place === 'bare' ? ['git clone <this repository> merge && cd merge', ...around.slice(1)] : around,
  };
}
