import { type CommandLine, formatOfWords, parseCommandLine } from './command-line.ts';
import { defectRemedy, lostRemedy } from './problems.ts';
import type { Start } from './process-start.ts';
import { readVersion } from './read-version.ts';
import { families, verbs } from './verbs.ts';

export type { Start, Streams } from './process-start.ts';

/** A reader that has seen enough (`… | head`) is no failure; a full disk is one, whatever the verdict was. */
function watch(stream: NodeJS.WriteStream, onLost: (why: string) => void): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') onLost(error.code ?? error.message);
  });
}

const couldNotRun = 3;

async function carryOut(line: CommandLine, start: Start): Promise<number> {
  if (line.kind === 'shown') return 0;
  const format = formatOfWords(start.argv);
  if (line.kind === 'unnamed' && format === 'text') {
    start.streams.stderr.write(line.help);
    return 2;
  }
  const { answerCall, refuse } = await import('./answer-call.ts');
  return line.kind === 'call' ? answerCall(line, start) : refuse(line.problem, format, start);
}

/** Also what went wrong before a verb could begin, such as a file of ours that is missing, is never told as a verdict. */
async function carryOutOrDefect(start: Start): Promise<number> {
  try {
    const grammar = { verbs, families, version: readVersion(start.from) };
    const show = (text: string) => start.streams.stdout.write(text);
    return await carryOut(await parseCommandLine(start.argv, grammar, show), start);
  } catch (defect) {
    start.streams.stderr.write(`${defect instanceof Error ? defect.stack : String(defect)}\n${defectRemedy}\n`);
    return 4;
  }
}

/** The command line. Sets the exit code of the process: 0 pass, 1 fail or inconclusive, 2 problem, 3 could not run, 4 defect. */
export async function main(start: Start): Promise<void> {
  const { stdout, stderr } = start.streams;
  let isLost = false;
  watch(stderr, () => undefined);
  watch(stdout, (why) => {
    isLost = true;
    process.exitCode = couldNotRun;
    stderr.write(`${lostRemedy(why)}\n`);
  });
  const code = await carryOutOrDefect(start);
  process.exitCode = isLost ? couldNotRun : code;
}
