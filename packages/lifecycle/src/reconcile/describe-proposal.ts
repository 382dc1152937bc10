import type { VersionState } from '@model-gitops/registry';
import type { PullRequest } from '../ports/index.ts';
import { type CheckText, describeCheck } from '../texts/describe-check.ts';
import { renderPromotionTitle } from '../texts/describe-promotion.ts';
import { mergeBody, renderPromotion } from '../texts/promotion-body.ts';
import { judgeVersion } from './candidates.ts';
import type { CheckWish, PullRequestWish } from './changes.ts';
import { judgeProposal } from './judge-proposal.ts';
import { isHeld } from './promotion-requests.ts';
import { type AskedFor, requestersOfProposal } from './requesters-of-proposal.ts';
import type { Judgement, PromotionView, Proposal, ReconciliationFacts, Target, TargetFacts } from './types.ts';

/** A proposal with the pull request that shows it, there or yet to come. */
export interface ProposalSubject extends AskedFor {
  readonly facts: TargetFacts;
  readonly proposal: Proposal;
  readonly pullRequest: PullRequest;
}

export interface DescribedProposal {
  readonly check: CheckWish;
  /** null: the head names no version, so there is nothing to tell but why it is refused. */
  readonly pullRequest: Omit<PullRequestWish, 'number'> | null;
}

export function labelsOf({ model, environment }: Target): readonly string[] {
  return ['model-gitops:promotion', `model:${model}`, `environment:${environment}`];
}

/** A check that is not passed blocks, whatever it waits for: never neutral. */
export function checkWish({ outcome }: Judgement, { title, summary }: CheckText): CheckWish {
  return { conclusion: outcome === 'pass' ? 'success' : 'failure', title, summary };
}

function championOf({ state, target }: TargetFacts): VersionState | null {
  const wanted = state.environments.find(({ environment }) => environment === target.environment)?.wanted;
  return state.versions.find(({ version }) => version === wanted) ?? null;
}

function viewOf(
  subject: ProposalSubject,
  all: ReconciliationFacts,
  candidate: VersionState,
): Omit<PromotionView, 'judgement'> {
  const { facts, purpose, pullRequest } = subject;
  return {
    target: facts.target,
    purpose,
    candidate,
    champion: championOf(facts),
    gates: purpose === 'archive' ? [] : judgeVersion(facts, candidate),
    requesters: requestersOfProposal(subject, all.people),
    isHeld: isHeld(facts.target, pullRequest.number, all.registry),
    checkKind: all.checkKind,
    repositoryUrl: all.repositoryUrl,
    environments: facts.state.environments,
  };
}

function judged(subject: ProposalSubject, all: ReconciliationFacts): Judgement {
  const { facts, purpose, proposal, pullRequest, version } = subject;
  const requesters = requestersOfProposal(subject, all.people);
  const gates = version === null ? null : judgeVersion(facts, version);
  const { writers } = all.people;
  return judgeProposal({ ...all, ...facts, facts: { pullRequest, proposal, purpose, requesters, writers, gates } });
}

/** What a pull request and its check should say, from what its head commit says. */
export function describeProposal(subject: ProposalSubject, all: ReconciliationFacts): DescribedProposal {
  const { facts, purpose, pullRequest, version: candidate } = subject;
  const { target } = facts;
  const judgement = judged(subject, all);
  const version = candidate?.version ?? null;
  const check = checkWish(judgement, describeCheck({ target, purpose, version }, judgement));
  if (candidate === null) return { check, pullRequest: null };
  const view = { ...viewOf(subject, all, candidate), judgement };
  const wanted = facts.state.environments.find(({ environment }) => environment === target.environment)?.wanted ?? null;
  const title = renderPromotionTitle({ target, purpose, version: candidate.version, from: wanted });
  const body = mergeBody(pullRequest.body, renderPromotion(view));
  return { check, pullRequest: { title, body, labels: labelsOf(target) } };
}
