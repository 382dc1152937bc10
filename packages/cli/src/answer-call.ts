import { exitCodeOf, isProblem } from '@model-gitops/host';
import { answerWithProblem, type Problem, type ProblemDocument, ProblemError } from '@model-gitops/lifecycle';
import type { CommandLine } from './command-line.ts';
import { type Format, formats } from './format.ts';
import { renderAnswer } from './output.ts';
import { cliProblems } from './problems.ts';
import type { Start } from './process-start.ts';
import { renderProblems } from './reports/problem-text.ts';
import { createTerminal, wantsColour } from './terminal.ts';
import type { Options, VerbAnswer } from './verb.ts';

type AskedCall = Extract<CommandLine, { kind: 'call' }>;

interface Telling {
  readonly verb: string;
  readonly format: Format;
  readonly details: boolean;
}

/** Standard output is the result. What kept us from asking is a result for machines; people read it beside the progress. */
function write(answer: VerbAnswer, { verb, format, details }: Telling, start: Start): void {
  const { stdout, stderr } = start.streams;
  const colourOf = (stream: NodeJS.WriteStream) => wantsColour(start.environment, stream.isTTY === true);
  if (format === 'text' && isProblemDocument(answer.document))
    stderr.write(renderProblems(answer.document, colourOf(stderr)));
  else stdout.write(renderAnswer(answer, { format, colour: colourOf(stdout), verb, details }));
}

function isProblemDocument(document: unknown): document is ProblemDocument {
  return (document as { readonly schema?: unknown }).schema === 'model-gitops/problem/1';
}

/** What the verdict does to the exit code: `--fail-on never` and `--on-inconclusive pass` make it 0. */
function exitCode({ outcome, problemKind }: VerbAnswer, { failOn, onInconclusive }: Partial<Options>): number {
  if (outcome === 'fail' && failOn === 'never') return 0;
  if (outcome === 'inconclusive' && onInconclusive === 'pass') return 0;
  return exitCodeOf(outcome, problemKind);
}

function formatOf({ json, format = 'text' }: Options): Format {
  const known = formats.find((candidate) => candidate === (json === true ? 'json' : format));
  if (known !== undefined) return known;
  throw new ProblemError(cliProblems.format(String(format)));
}

async function perform({ verb, words, options }: AskedCall, start: Start): Promise<VerbAnswer> {
  const { environment, streams, from } = start;
  const terminal = createTerminal(streams, environment);
  const work = verb
    .load()
    .then((run) => run({ arguments: words, options, terminal, input: streams.stdin, environment, from }));
  return terminal.progress(verb.progress, work);
}

/** A problem is told with its remedy and no stack; whatever else was thrown is ours. */
function answerTo(thrown: unknown, { streams }: Start): { answer: VerbAnswer; isDefect: boolean } {
  if (isProblem(thrown)) return { answer: answerWithProblem(thrown as ProblemError), isDefect: false };
  const defect = thrown instanceof Error ? thrown : new Error(String(thrown));
  streams.stderr.write(`${defect.stack}\n`);
  return { answer: answerWithProblem(new ProblemError(cliProblems.defect(defect.message))), isDefect: true };
}

/** Does what a command line asks for, tells it, and answers the exit code. */
export async function answerCall(call: AskedCall, start: Start): Promise<number> {
  let format: Format = call.options.json === true ? 'json' : 'text';
  const told = { verb: call.verb.name, details: call.options.details === true };
  try {
    format = formatOf(call.options);
    const answer = await perform(call, start);
    write(answer, { ...told, format }, start);
    return exitCode(answer, call.options);
  } catch (thrown) {
    const { answer, isDefect } = answerTo(thrown, start);
    write(answer, { ...told, format }, start);
    return isDefect ? 4 : exitCode(answer, {});
  }
}

/** Tells what is wrong with a command line. */
export function refuse(problem: Problem, format: Format, start: Start): number {
  const answer = answerWithProblem(new ProblemError(problem));
  write(answer, { verb: 'model-gitops', format, details: false }, start);
  return exitCode(answer, {});
}
