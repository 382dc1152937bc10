import type { PullRequest } from '../ports/index.ts';
import { listed } from '../texts/sentences.ts';
import { judgeFourEyes } from './judge-proposal-approvals.ts';
import { judgeOrigin, judgePaths, judgeStale, judgeVersion } from './judge-proposal-change.ts';
import type { ProposalQuestion } from './judge-proposal-question.ts';
import { judgeAfter, judgeGatesLine, judgeSoak } from './judge-proposal-readiness.ts';
import type { CheckLine, Judgement } from './types.ts';

export type { ProposalQuestion };

type Said = Pick<CheckLine, 'state' | 'text'>;

function judgementOf(said: readonly (readonly [CheckLine['name'], Said | null])[]): Judgement {
  const lines = said.flatMap(([name, line]): CheckLine[] => (line === null ? [] : [{ name, ...line }]));
  const has = (state: CheckLine['state']) => lines.some((line) => line.state === state);
  return { outcome: has('fail') ? 'fail' : has('waiting') ? 'waiting' : 'pass', lines };
}

/** Everything that must hold before a promotion is merged, each with its sentence. What does not apply has no line; what is unknown does not pass. */
export function judgeProposal(question: ProposalQuestion): Judgement {
  return judgementOf([
    ['paths', judgePaths(question)],
    ['origin', judgeOrigin(question)],
    ['version', judgeVersion(question)],
    ['stale', judgeStale(question)],
    ['gates', judgeGatesLine(question)],
    ['after', judgeAfter(question)],
    ['soak', judgeSoak(question)],
    ['four-eyes', judgeFourEyes(question)],
  ]);
}

/** Of a pull request that is no promotion of ours: it must leave the registry folder alone. */
export function judgeOther(pullRequest: Pick<PullRequest, 'files' | 'head'>, folder: string): Judgement {
  const touched = pullRequest.files.filter((file) => file === folder || file.startsWith(`${folder}/`));
  if (touched.length === 0) return judgementOf([['paths', { state: 'pass', text: 'No registry change' }]]);
  const { isFork } = pullRequest.head;
  return judgementOf([
    ['paths', { state: 'fail', text: ['it changes the registry: ', ...listed(touched)] }],
    [
      'origin',
      {
        state: 'fail',
        text: isFork
          ? 'it comes from another repository: promotions are made in this one'
          : 'what environments want is changed by promotion pull requests only: comment /promote or /rollback',
      },
    ],
  ]);
}
