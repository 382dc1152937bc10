import { isMap, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { z } from 'zod';
import { type Problem, ProblemError } from '../problem.ts';
import { suiteProblems } from './problems.ts';
import { readExpectation } from './read-expectation.ts';
import type { Expectation, Suite } from './suite.ts';

/** A JSON text with the place of each part. */
interface Read {
  readonly root: Node | null;
  readonly value: unknown;
  readonly lineOf: (node: unknown) => number;
}

function readJson(text: string, file: string): Read {
  const lines = new LineCounter();
  const document = parseDocument(text, { intAsBigInt: true, lineCounter: lines, prettyErrors: false, schema: 'json' });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw new ProblemError(suiteProblems.malformed({ file, line, column: col }, `${error.message}.`));
  }
  const lineOf = (node: unknown) => {
    const range = (node as Node | null)?.range;
    return range === null || range === undefined ? 1 : lines.linePos(range[0]).line;
  };
  return { root: document.contents, value: plain(document.toJS()), lineOf };
}

/** Whole numbers up to 2^53 as numbers, greater ones as they are. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
}

const Header = z.object({
  name: z.string().nullish(),
  expectation_suite_name: z.string().nullish(),
  suite_parameters: z.record(z.string(), z.unknown()).nullish(),
  evaluation_parameters: z.record(z.string(), z.unknown()).nullish(),
  expectations: z.array(z.unknown()),
});

function stem(file: string): string {
  return (file.split('/').at(-1) ?? file).replace(/\.[^.]*$/, '');
}

/**
 * Reads an expectation suite as Great Expectations writes it, from 1.0 on and before. All problems are told together:
 * `suite-empty`, `suite-malformed`, `suite-parameter`, `expectation-unknown`, `expectation-kwarg-unknown`,
 * `expectation-kwarg-unsuitable`.
 */
export function parseSuite(text: string, file: string): Suite {
  if (text.trim() === '') throw new ProblemError(suiteProblems.empty(file));
  const { root, value, lineOf } = readJson(text, file);
  const header = Header.safeParse(value);
  if (!header.success || !isMap(root))
    throw new ProblemError(
      suiteProblems.malformed({ file, line: 1 }, 'it is no object with a list of "expectations".'),
    );
  const items = root.get('expectations');
  const nodes = isSeq(items) ? items.items : [];
  if (nodes.length === 0) throw new ProblemError(suiteProblems.empty(file));
  const parameters = { ...header.data.evaluation_parameters, ...header.data.suite_parameters };
  const problems: Problem[] = [];
  const expectations: Expectation[] = [];
  for (const [index, raw] of header.data.expectations.entries()) {
    const read = readExpectation(raw, { position: { file, line: lineOf(nodes[index]) }, parameters });
    if ('problems' in read) problems.push(...read.problems);
    else expectations.push(read.expectation);
  }
  if (problems.length > 0) throw new ProblemError(problems);
  return { name: header.data.name ?? header.data.expectation_suite_name ?? stem(file), expectations };
}
