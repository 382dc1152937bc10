import type { PullRequest, Review } from '../ports/index.ts';
import type { Inline, Sentence } from '../texts/report.ts';
import { joined, loginText } from '../texts/sentences.ts';
import type { ProposalQuestion } from './judge-proposal-question.ts';
import type { CheckLine, ProposalFacts } from './types.ts';

/** Why an approval does not count. */
export type Uncounted = 'asked' | 'wrote' | 'opened' | 'bot' | 'no-right' | 'other-head';

export interface Approvals {
  /** Logins whose approval of the head counts. */
  readonly counted: readonly string[];
  readonly uncounted: readonly { readonly login: string; readonly because: Uncounted }[];
  /** Logins whose last word is that changes are needed. */
  readonly against: readonly string[];
}

type ApprovalFacts = Pick<ProposalFacts, 'requesters' | 'writers'> & {
  readonly pullRequest: Pick<PullRequest, 'author' | 'committers' | 'head' | 'reviews'>;
};

const isOneOf = (login: string, logins: readonly string[]) =>
  logins.some((other) => other.toLowerCase() === login.toLowerCase());

type Spoken = Review & { readonly author: NonNullable<Review['author']> };

/** The last word of each reviewer. A comment takes nothing back; a dismissal and a request for changes do. */
function lastWords(reviews: readonly Review[]): readonly Spoken[] {
  const words = new Map<string, Spoken>();
  for (const review of reviews) {
    const { author } = review;
    if (author === null || review.state === 'commented') continue;
    words.set(author.login.toLowerCase(), { ...review, author });
  }
  return [...words.values()];
}

function flawOf({ author, commit }: Spoken, facts: ApprovalFacts): Uncounted | null {
  const { pullRequest, requesters, writers } = facts;
  if (author.isBot) return 'bot';
  if (isOneOf(author.login, requesters ?? [])) return 'asked';
  if (pullRequest.author !== null && isOneOf(author.login, [pullRequest.author.login])) return 'opened';
  const committers = pullRequest.committers.map(({ login }) => login);
  if (isOneOf(author.login, committers)) return 'wrote';
  if (commit !== pullRequest.head.commit) return 'other-head';
  return isOneOf(author.login, writers) ? null : 'no-right';
}

/** Whose approvals count: of the head commit, by a person who may write here, did not ask for it and wrote nothing of it. Nobody's while it is unknown who asked. */
export function judgeApprovals(facts: ApprovalFacts): Approvals {
  const words = lastWords(facts.pullRequest.reviews);
  const approved = words.filter(({ state }) => state === 'approved');
  const judged = approved.map((review) => ({ login: review.author.login, because: flawOf(review, facts) }));
  return {
    counted: facts.requesters === null ? [] : judged.flatMap(({ login, because }) => (because === null ? [login] : [])),
    uncounted: judged.flatMap(({ login, because }) => (because === null ? [] : [{ login, because }])),
    against: words.filter(({ state }) => state === 'changes-requested').map(({ author }) => author.login),
  };
}

const because: Readonly<Record<Uncounted, string>> = {
  asked: 'approved, but asked for this or wrote what is promoted',
  wrote: 'approved, but wrote a commit of this pull request',
  opened: 'approved, but opened this pull request',
  bot: 'approved, but is no person',
  'no-right': 'approved, but may not write here',
  'other-head': 'approved an earlier commit',
};

const advisory = '; advisory: without the app nothing keeps others from merging or from posting this status';

function remarksOf({ uncounted, against }: Approvals): readonly Sentence[] {
  return [
    ...uncounted.map(({ login, because: why }): Sentence => [loginText(login), ` ${because[why]}`]),
    ...against.map((login): Sentence => [loginText(login), ' asks for changes']),
  ];
}

function neededText(requesters: readonly string[]): readonly Inline[] {
  const others =
    requesters.length === 0 ? [] : [' and is not ', ...joined(requesters.slice(0, 5).map(loginText), ', ')];
  return ['needs one approval of this commit by somebody who may write here', ...others];
}

/** Two people decide. Each approval that does not count is told with its reason. */
export function judgeFourEyes({ facts, checkKind }: ProposalQuestion): Pick<CheckLine, 'state' | 'text'> {
  const { requesters } = facts;
  const approvals = judgeApprovals(facts);
  const remarks = remarksOf(approvals);
  const rest = remarks.length === 0 ? [] : ['; ', ...joined(remarks.slice(0, 8), '; ')];
  const note = checkKind === 'status' ? [advisory] : [];
  if (requesters === null)
    return {
      state: 'fail',
      text: ['nobody knows who asked for this, so no approval can count', ...rest, ...note],
    };
  if (approvals.counted.length > 0)
    return {
      state: 'pass',
      text: ['approved by ', ...joined(approvals.counted.map(loginText), ', '), ...rest, ...note],
    };
  return { state: 'waiting', text: [...neededText(requesters), ...rest, ...note] };
}
