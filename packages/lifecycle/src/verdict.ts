/**
 * A verdict is a value with three outcomes. "The model is bad" (fail), "we could not tell" (inconclusive) and
 * "the tool broke" (a thrown ProblemError or a defect) never share a channel.
 */
export type Outcome = 'pass' | 'fail' | 'inconclusive';

/** The outcome of a document of contracts.md: a verdict, or a problem that kept us from asking. */
export type DocumentOutcome = Outcome | 'problem';

/** The worst of several outcomes: fail over inconclusive over pass. Nothing judged at all is a pass only if the caller says so. */
export function worstOutcome(outcomes: readonly Outcome[], whenEmpty: Outcome): Outcome {
  if (outcomes.length === 0) return whenEmpty;
  if (outcomes.includes('fail')) return 'fail';
  return outcomes.includes('inconclusive') ? 'inconclusive' : 'pass';
}
