import { type Problem, ProblemError, type ProblemKind } from '../problem.ts';
import { describeProblems, markOf, plainText, type Report } from '../texts/report.ts';
import { type DocumentOutcome, type Outcome, worstOutcome } from '../verdict.ts';

/** What a door has to say: one document for machines, reports for people, the verdict. */
export interface Answer {
  readonly document: unknown;
  readonly reports: readonly Report[];
  readonly outcome: DocumentOutcome;
  /** Set where the outcome is `problem`. */
  readonly problemKind: ProblemKind | null;
}

export interface ProblemDocument {
  readonly schema: 'model-gitops/problem/1';
  readonly outcome: 'problem';
  readonly model?: string;
  readonly problems: readonly Problem[];
}

interface Judged {
  readonly outcome: Outcome;
}

/** One model's document, or what kept us from asking. */
type StepResult<Document extends Judged> =
  | { readonly model: string; readonly document: Document }
  | { readonly model: string; readonly problem: ProblemError };

/** The answer of a verb that has one document. */
export function answerWith<Document extends { readonly outcome: DocumentOutcome }>(
  document: Document,
  describe: (document: Document) => Report,
): Answer {
  return { document, reports: [describe(document)], outcome: document.outcome, problemKind: null };
}

/** The answer where the question could not be asked. */
export function answerWithProblem({ problems, kind }: ProblemError, model?: string): Answer {
  const document: ProblemDocument = {
    schema: 'model-gitops/problem/1',
    outcome: 'problem',
    ...(model === undefined ? {} : { model }),
    problems,
  };
  return { document, reports: [describeProblems(problems)], outcome: 'problem', problemKind: kind };
}

function answerOf<Document extends Judged>(
  result: StepResult<Document>,
  describe: (document: Document) => Report,
): Answer {
  if ('document' in result) return answerWith(result.document, describe);
  const answer = answerWithProblem(result.problem, result.model);
  const [report] = answer.reports;
  const headline = [markOf('problem'), ' ', { strong: result.model }, `: ${plainText(report?.headline ?? '')}`];
  return { ...answer, reports: report === undefined ? [] : [{ ...report, headline }] };
}

/** A problem is worst, and of problems the one that is the user's to fix. */
function worst(answers: readonly Answer[]): Pick<Answer, 'outcome' | 'problemKind'> {
  const kinds = answers.flatMap(({ problemKind }) => (problemKind === null ? [] : [problemKind]));
  const kind = (['input', 'could-not-run', 'refused'] as const).find((candidate) => kinds.includes(candidate));
  if (kind !== undefined) return { outcome: 'problem', problemKind: kind };
  const outcomes = answers.flatMap(({ outcome }) => (outcome === 'problem' ? [] : [outcome]));
  return { outcome: worstOutcome(outcomes, 'inconclusive'), problemKind: null };
}

/** One answer of several: of one model its own document, of more one document that holds them all under `models`. */
export function joinAnswers(schema: string, answers: readonly Answer[], key = 'models'): Answer {
  const [only] = answers;
  if (answers.length === 1 && only !== undefined && key === 'models') return only;
  const verdict = worst(answers);
  const document = { schema, outcome: verdict.outcome, [key]: answers.map((answer) => answer.document) };
  return { document, reports: answers.flatMap(({ reports }) => reports), ...verdict };
}

/** Does a step for each model in turn. A problem with one model does not stop the others; a defect does. */
export async function answerForEach<Subject extends { readonly name: string }, Document extends Judged>(
  schema: string,
  subjects: readonly Subject[],
  { perform, describe }: { perform: (subject: Subject) => Promise<Document>; describe: (document: Document) => Report },
): Promise<Answer> {
  const answers: Answer[] = [];
  for (const subject of subjects) {
    const result = await attempt(subject.name, () => perform(subject));
    answers.push(answerOf(result, describe));
  }
  return joinAnswers(schema, answers);
}

async function attempt<Document extends Judged>(
  model: string,
  perform: () => Promise<Document>,
): Promise<StepResult<Document>> {
  try {
    return { model, document: await perform() };
  } catch (thrown) {
    if (thrown instanceof ProblemError) return { model, problem: thrown };
    throw thrown;
  }
}
