import type { Problem } from '@model-gitops/lifecycle';

/** What keeps an action from working in a workflow, in one table. */
export const actionProblems = {
  notCheckedOut: (folder: string): Problem => ({
    code: 'not-checked-out',
    message: `There is no Git repository in ${folder}.`,
    remedy: 'Add a step "uses: actions/checkout@<sha>" before this one, or correct "working-directory:".',
  }),
  fork: (): Problem => ({
    code: 'fork-cannot-write',
    message: 'This runs code of a fork, which may write nothing here.',
    remedy: 'Nothing to do: what is merged runs again on the default branch, and is recorded there.',
  }),
};
