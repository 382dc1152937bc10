import type { EventOf, FileChange, RegistryFacts } from '@model-gitops/registry';
import type { Forge } from '../ports/index.ts';
import type { Finding, VerifyDocument } from './documents.ts';
import { type ApprovalJudgement, askForge, judgeApproval, mergesOf } from './verify-approval.ts';

export interface VerifiedApprovals {
  readonly approval: VerifyDocument['approval'];
  readonly findings: readonly Finding[];
  readonly notes: readonly string[];
}

export interface ApprovalsQuestion {
  readonly facts: RegistryFacts;
  /** Those that came by the merge of a promotion; the others are findings already. */
  readonly promotions: readonly FileChange[];
  readonly forge: Forge | null;
  readonly defaultBranch: string;
}

function finding(change: FileChange, rule: Finding['rule'], because: string): Finding {
  const { model, environment, commit, path } = change;
  return { rule, model, environment, commit, what: `${path} was decided by ${commit.slice(0, 12)}: ${because}` };
}

function findingsOf(change: FileChange, judgement: ApprovalJudgement): readonly Finding[] {
  return judgement.approved === false ? [finding(change, judgement.rule, judgement.because)] : [];
}

/** A witness that names approvers whom the forge does not know of was written by somebody else. */
async function disagreements(
  change: FileChange,
  { pullRequest: number, approvals, head }: EventOf<'merged'>,
  forge: Forge | null,
): Promise<readonly Finding[]> {
  if (number === null || forge === null) return [];
  const [pullRequest] = await forge.pullRequests.find({ number });
  const differs = (because: string) => [
    finding(change, 'approval-missing', `the ledger and the forge disagree: ${because}`),
  ];
  if (pullRequest?.merge?.commit !== change.commit)
    return differs(`the ledger says that pull request ${number} brought it, the forge does not`);
  if (pullRequest.head.commit !== head) return differs(`pull request ${number} was merged at another commit`);
  const approvers = pullRequest.reviews.flatMap(({ author, state, commit }) =>
    author !== null && state === 'approved' && commit === head ? [author.login.toLowerCase()] : [],
  );
  const unknown = approvals.filter((login) => !approvers.includes(login.toLowerCase()));
  return unknown.length === 0 ? [] : differs(`the forge knows of no approval by ${unknown.join(', ')}`);
}

interface Judged {
  readonly judgement: ApprovalJudgement;
  readonly disagreements: readonly Finding[];
}

async function judgeOne(change: FileChange, { facts, forge, defaultBranch }: ApprovalsQuestion): Promise<Judged> {
  const merges = mergesOf(facts, change);
  const isAsked = forge !== null && merges.length === 0;
  const answer = isAsked ? await askForge(change, facts, { forge, defaultBranch }) : null;
  const found: Finding[] = [];
  for (const merge of merges) found.push(...(await disagreements(change, merge, forge)));
  return { judgement: judgeApproval({ change, facts, isFromPromotion: true, answer }), disagreements: found };
}

function notesOf(unknown: readonly FileChange[], count: number, forge: Forge | null): readonly string[] {
  if (forge === null && unknown.length === count) return ['approval is unknown: no forge was asked who approved'];
  if (unknown.length === 0) return [];
  const commits = unknown.slice(0, 5).map(({ path, commit }) => `${path} at ${commit.slice(0, 12)}`);
  const more = unknown.length > 5 ? ` and ${unknown.length - 5} more` : '';
  const remedy = forge === null ? 'run reconcile, or verify --online' : 'the forge did not say';
  return [`approval of ${unknown.length} of ${count} decisions is unknown (${remedy}): ${commits.join(', ')}${more}`];
}

/** Was each merged promotion approved by a second person? By the ledger's witnesses, and by the forge where it may be asked. What nobody knows is told, never passed. */
export async function verifyApprovals(question: ApprovalsQuestion): Promise<VerifiedApprovals> {
  const { promotions, forge } = question;
  const findings: Finding[] = [];
  const unknown: FileChange[] = [];
  for (const change of promotions) {
    const { judgement, disagreements: found } = await judgeOne(change, question);
    findings.push(...findingsOf(change, judgement), ...found);
    if (judgement.approved === null) unknown.push(change);
  }
  const isAllUnknown = unknown.length === promotions.length && (promotions.length > 0 || forge === null);
  const approval = isAllUnknown ? 'unknown' : unknown.length === 0 ? 'known' : 'partly';
  return { approval, findings, notes: notesOf(unknown, promotions.length, forge) };
}
