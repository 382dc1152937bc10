import type { Context } from '../context.ts';
import type { PullRequest, Review } from '../records/pull-requests.ts';
import type { Repository } from '../records/repositories.ts';
import { checkViolation, rulesetsOf } from '../refs/rulesets.ts';
import { memberRole } from '../require-permission.ts';
import { isSameName } from '../state.ts';

const writers = ['write', 'maintain', 'admin'];

/** The last word of each reviewer with write access. Comments take nothing back; approvals of older commits still stand. */
function standingReviews({ state }: Context, repository: Repository, pull: PullRequest): readonly Review[] {
  const words = state.reviews.filter(
    (one) =>
      one.repository === repository.id &&
      one.number === pull.number &&
      one.state !== 'COMMENTED' &&
      one.state !== 'PENDING' &&
      writers.includes(memberRole(repository, one.author) ?? ''),
  );
  return words.filter((one, index) => !words.slice(index + 1).some((later) => isSameName(later.author, one.author)));
}

function reviewViolations(reviews: readonly Review[], required: number): (string | null)[] {
  const approvals = reviews.filter(({ state }) => state === 'APPROVED').length;
  const isBlocked = required > 0 && reviews.some(({ state }) => state === 'CHANGES_REQUESTED');
  const lacking = `At least ${required} approving review is required by reviewers with write access.`;
  return [approvals < required ? lacking : null, isBlocked ? 'Changes were requested by a reviewer.' : null];
}

/** Why rulesets refuse the merge. Nobody is exempt. */
export function mergeViolations(context: Context, repository: Repository, pull: PullRequest): readonly string[] {
  const reviews = standingReviews(context, repository, pull);
  const found = rulesetsOf(context, repository, `refs/heads/${pull.base.branch}`).flatMap((ruleset) => [
    ...reviewViolations(reviews, ruleset.requiredReviews),
    ...ruleset.requiredChecks.map((check) => checkViolation(context, repository, pull.head.commit, check)),
  ]);
  return [...new Set(found.filter((violation) => violation !== null))];
}
