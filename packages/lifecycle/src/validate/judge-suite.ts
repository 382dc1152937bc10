import type { ExpectationResult } from '../documents.ts';
import type { Aggregate, Measured } from '../ports/index.ts';
import { isQuestion, type Judgement, type Question, Raised, type TableFacts } from './expectation.ts';
import type { Expectation } from './suite.ts';

type Measure = (aggregates: readonly Aggregate[]) => Promise<readonly Measured[]>;
type Step = Judgement | Question | Raised;

/** Only what an expectation says of itself is caught: anything else is a defect. */
function attempt(next: () => Judgement | Question): Step {
  try {
    return next();
  } catch (error) {
    if (error instanceof Raised) return error;
    throw error;
  }
}

function aggregatesOf(step: Step): readonly Aggregate[] {
  return !(step instanceof Raised) && isQuestion(step) ? step.ask : [];
}

/** Each open question goes on with its share of the answers. */
function answered(steps: readonly Step[], answers: readonly Measured[]): readonly Step[] {
  let at = 0;
  return steps.map((step) => {
    if (step instanceof Raised || !isQuestion(step)) return step;
    at += step.ask.length;
    const own = answers.slice(at - step.ask.length, at);
    return attempt(() => step.judge(own));
  });
}

function isOpen(step: Step): boolean {
  return !(step instanceof Raised) && isQuestion(step);
}

function resultOf({ type, kwargs, meta, severity, position }: Expectation, step: Step): ExpectationResult {
  const expectation_config = { type, kwargs, meta, severity };
  if (step instanceof Raised || isQuestion(step)) {
    const exception_message = step instanceof Raised ? step.message : 'It was not answered.';
    return {
      success: false,
      expectation_config,
      result: {},
      exception_info: { raised_exception: true, exception_message },
      position,
    };
  }
  const { success, result } = step;
  return {
    success,
    expectation_config,
    result,
    exception_info: { raised_exception: false, exception_message: null },
    position,
  };
}

export interface SuiteQuestions {
  readonly expectations: readonly Expectation[];
  readonly table: TableFacts;
  /** What else is to be measured in the first scan. */
  readonly beside: readonly Aggregate[];
}

/**
 * Judges all expectations in suite order. The questions of a round are measured together, so what several of them ask
 * is measured once; an expectation that goes on asking does so in the next round.
 */
export async function judgeSuite({ expectations, table, beside }: SuiteQuestions, measure: Measure) {
  let steps: readonly Step[] = expectations.map(({ ask }) => attempt(() => ask(table)));
  const asked = steps.flatMap(aggregatesOf);
  const first = await measure([...asked, ...beside]);
  steps = answered(steps, first.slice(0, asked.length));
  while (steps.some(isOpen)) steps = answered(steps, await measure(steps.flatMap(aggregatesOf)));
  const unanswered = new Raised('It was not answered.');
  return {
    results: expectations.map((expectation, index) => resultOf(expectation, steps[index] ?? unanswered)),
    beside: first.slice(asked.length),
  };
}
