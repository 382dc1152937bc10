/** A step of the story did not do its job; the message is for people and fits on a line. */
export class StepFailure extends Error {}

/** Goes on only where a step did what it is there for. */
export function must(isSo: boolean, sentence: string): asserts isSo {
  if (!isSo) throw new StepFailure(sentence.replace(/\s*\n\s*/g, ' / '));
}
