import {
  type Problem,
  type ProblemDocument,
  type Report,
  renderTerminal,
  type Sentence,
} from '@model-gitops/lifecycle';

/** A piece of a sentence. */
type Inline = Exclude<Sentence, readonly unknown[]>;

/** Where it is; nothing where the message says so itself. */
function placeOf({ file, line, message }: Problem): readonly Inline[] {
  if (file === undefined || (line === undefined && message.includes(file))) return [];
  return [{ place: { file, ...(line === undefined ? {} : { line }) } }, ' '];
}

function tell(problem: Problem, model: string | undefined): Report {
  const subject: readonly Inline[] = model === undefined ? [] : [{ strong: model }, ': '];
  const headline: readonly Inline[] = [{ mark: 'fail' }, ' ', ...subject, ...placeOf(problem), problem.message];
  const items = problem.remedy.split('\n');
  return { outcome: 'problem', headline, blocks: [{ kind: 'list', items }], cases: [], annotations: [] };
}

/** Problems as a terminal shows them: what is wrong and where, and below it what to do. Commands stand on lines of their own. */
export function renderProblems({ problems, model }: ProblemDocument, colour: boolean): string {
  return renderTerminal(
    problems.map((problem) => tell(problem, model)),
    { colour },
  );
}
