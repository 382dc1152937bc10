import { parsePointer } from '@model-gitops/registry';
import type { GateResult } from '../documents.ts';
import type { Sentence } from '../texts/report.ts';
import { cutText, durationText, joined, momentText } from '../texts/sentences.ts';
import type { ProposalQuestion } from './judge-proposal-question.ts';
import type { CheckLine, ProposalFacts } from './types.ts';

type Said = Pick<CheckLine, 'state' | 'text'>;

function gateText({ if: expression, reason }: GateResult): Sentence {
  return [{ code: cutText(expression, 200) }, ` (${cutText(reason, 200)})`];
}

function countsText(gates: readonly GateResult[]): string {
  const asked = gates.filter(({ state, level }) => state !== 'not-applicable' && level === 'error');
  const passed = asked.filter(({ state }) => state === 'passed').length;
  const idle = gates.filter(({ state }) => state === 'not-applicable').length;
  return `${passed} of ${asked.length} passed${idle === 0 ? '' : `, ${idle} not applicable yet`}`;
}

/** The gates of the default branch: those that a pull request brings along are not asked. Warnings are told and never block. */
export function judgeGatesLine({ facts, config, defaultBranch }: ProposalQuestion): Said {
  const { gates, purpose } = facts;
  if (purpose !== 'promote')
    return { state: 'pass', text: `not asked of ${purpose === 'rollback' ? 'a rollback' : 'an archive'}` };
  if (gates === null) return { state: 'fail', text: 'cannot be judged: the version is not registered' };
  if (gates.length === 0 && (config?.gates.length ?? 0) > 0) return { state: 'fail', text: 'were not judged' };
  if (gates.length === 0) return { state: 'pass', text: `${defaultBranch} asks for none` };
  const isFailed = ({ state }: GateResult) => state !== 'passed' && state !== 'not-applicable';
  const failed = gates.filter((gate) => isFailed(gate) && gate.level === 'error');
  const warned = gates.filter((gate) => isFailed(gate) && gate.level === 'warn');
  const rest = warned.length === 0 ? [] : ['; warned: ', ...joined(warned.slice(0, 3).map(gateText), '; ')];
  const reasons = failed.length === 0 ? [] : [': ', ...joined(failed.slice(0, 5).map(gateText), '; ')];
  return { state: failed.length === 0 ? 'pass' : 'fail', text: [countsText(gates), ...reasons, ...rest] };
}

function proposedVersion({ proposal }: ProposalFacts): string | null {
  const pointer = parsePointer(proposal.text ?? '');
  return pointer.ok ? pointer.value.version : null;
}

/** The environment that comes before must want the same version. null: none comes before, or nothing is asked of this purpose. */
export function judgeAfter(question: ProposalQuestion): Said | null {
  const { target, state, facts } = question;
  const { after } = target.policy;
  if (after === undefined || facts.purpose !== 'promote') return null;
  const before = state.environments.find(({ environment }) => environment === after);
  if (before !== undefined && before.wanted !== null && before.wanted === proposedVersion(facts))
    return { state: 'pass', text: `${after} wants it since ${momentText(before.since)}` };
  return { state: 'waiting', text: `${after} comes first, and wants ${before?.wanted ?? 'nothing'}` };
}

/** How long it must have been wanted there. Told by its end, which no clock changes. */
export function judgeSoak(question: ProposalQuestion): Said | null {
  const { target, state, now } = question;
  const { after, soakSeconds = 0 } = target.policy;
  const came = judgeAfter(question);
  if (came === null || soakSeconds === 0) return null;
  const asked = `${durationText(soakSeconds)} in ${after}`;
  const before = state.environments.find(({ environment }) => environment === after);
  if (came.state !== 'pass' || before === undefined)
    return { state: 'waiting', text: `${asked}, from when it is wanted there` };
  const ends = Date.parse(before.since) + soakSeconds * 1000;
  return Date.parse(now) >= ends
    ? { state: 'pass', text: `${asked}, over since ${momentText(ends)}` }
    : { state: 'waiting', text: `${asked}, ends ${momentText(ends)}` };
}
