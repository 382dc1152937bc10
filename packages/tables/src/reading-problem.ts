import { ProblemError } from '@model-gitops/lifecycle';
import { engineSentence, tableProblems } from './problems.ts';

/** What the engine's CSV reader complains of, in our words: its own would show the row. */
const csvCauses: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [
    /Expected Number of Columns: (\d+) Found: (\d+)/,
    ([, wanted, found]) => `a row has ${found} cells, the header ${wanted}.`,
  ],
  [/unterminated quote/, () => 'a quoted value does not end, or something follows its closing quote.'],
  [/not utf-8/i, () => 'it is not UTF-8.'],
  [/invalid state/, () => 'it mixes kinds of line ends, or breaks RFC 4180 in another way.'],
  [/maximum line size/i, () => 'a row is longer than 16 MiB.'],
];

/** Lines as people count them: the engine's JSON reader names the line after the one it means. */
function lineOf(text: string): number | undefined {
  const csv = /CSV Error on Line: (\d+)/.exec(text);
  const json = /Malformed JSON in file .* in line (\d+)/.exec(text);
  return csv !== null ? Number(csv[1]) : json !== null ? Math.max(1, Number(json[1]) - 1) : undefined;
}

function whyOf(cause: unknown, text: string, paths: readonly string[]): string {
  if (!/CSV (Error|Parser)/.test(text)) return engineSentence(cause, paths).replace(/ in line \d+/, '');
  for (const [form, told] of csvCauses) {
    const match = form.exec(text);
    if (match !== null) return told(match);
  }
  return 'it breaks RFC 4180.';
}

/** What a failure to read says to the user: the file that the engine names, and the line where it says so. */
export function readingProblem(cause: unknown, paths: readonly string[]): ProblemError {
  if (cause instanceof ProblemError) return cause;
  const text = cause instanceof Error ? cause.message : String(cause);
  const path = paths.find((one) => text.includes(one)) ?? paths[0] ?? '';
  return new ProblemError(tableProblems.unreadable(path, whyOf(cause, text, paths), lineOf(text)), { cause });
}
