import type { ProposalFacts, ReconciliationFacts, TargetFacts } from './types.ts';

/** May this pull request be merged now? Asked with what the default branch says, never with what the pull request brings along. */
export type ProposalQuestion = Pick<TargetFacts, 'target' | 'state' | 'current' | 'config'> &
  Pick<ReconciliationFacts, 'now' | 'folder' | 'defaultBranch' | 'checkKind' | 'witnesses'> & {
    readonly facts: ProposalFacts;
  };
