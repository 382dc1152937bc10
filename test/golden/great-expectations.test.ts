import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ExpectationResult, ProblemError, type ResultFormat, validateTable } from '@model-gitops/lifecycle';
import { duckdbEngine } from '@model-gitops/tables';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** One expectation as Great Expectations answered it, in each result format; numbers that JSON lacks are text. */
interface Case {
  readonly type: string;
  readonly kwargs: Readonly<Record<string, unknown>>;
  readonly answers: Readonly<Record<ResultFormat, Answer>>;
}
type Answer =
  | { readonly success: boolean; readonly result: Readonly<Record<string, unknown>>; readonly raised: string | null }
  | { readonly refused: string };

interface Golden {
  readonly format: 'csv' | 'parquet';
  readonly content: string;
  readonly cases: readonly Case[];
}

const folder = new URL('great-expectations/', import.meta.url);
const formats = ['BOOLEAN_ONLY', 'BASIC', 'SUMMARY', 'COMPLETE'] as const;
const require = createRequire(import.meta.url);
const engine = duckdbEngine({ loadEngine: async (name) => require(name) });
let scratch = '';
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'great-expectations-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

/** Arguments as they were given: whole numbers beyond 2^53 stand as text in the golden files, and as numbers in a suite. */
function suiteOf(cases: readonly Case[]): string {
  const text = JSON.stringify({ name: 'golden', expectations: cases.map(({ type, kwargs }) => ({ type, kwargs })) });
  return text.replace(/"(\d{16,})"/g, '$1');
}

async function answersOf(
  golden: Golden,
  cases: readonly Case[],
  resultFormat: ResultFormat,
): Promise<readonly ExpectationResult[]> {
  const path = join(scratch, `table.${golden.format}`);
  await writeFile(path, golden.format === 'csv' ? golden.content : Buffer.from(golden.content, 'base64'));
  const table = { name: 'table', source: { paths: [path], format: golden.format } };
  const suite = { file: 'suite.json', text: suiteOf(cases) };
  const { results } = await validateTable({ table, others: {}, suite, resultFormat, failOn: 'critical' }, { engine });
  return results;
}

function same(found: unknown, wanted: unknown): boolean {
  if (typeof found === 'number' && typeof wanted === 'number')
    return found === wanted || Math.abs(found - wanted) <= 1e-9 * Math.max(Math.abs(found), Math.abs(wanted));
  if (Array.isArray(found) && Array.isArray(wanted))
    return found.length === wanted.length && found.every((one, index) => same(one, wanted[index]));
  if (typeof found === 'object' && typeof wanted === 'object' && found !== null && wanted !== null) {
    const [own, other] = [found as Record<string, unknown>, wanted as Record<string, unknown>];
    const names = new Set([...Object.keys(own), ...Object.keys(other)]);
    return [...names].every((name) => name in own && name in other && same(own[name], other[name]));
  }
  return found === wanted || String(found) === String(wanted);
}

/** Where we answer otherwise on purpose, each with its reason. */
const deviations: readonly { readonly why: string; readonly concerns: (one: Case, table: string) => boolean }[] = [
  {
    why: 'An index of 0 is an index: Great Expectations takes it for none and succeeds whatever the first column is.',
    concerns: ({ type, kwargs, answers }) =>
      type === 'expect_column_to_exist' &&
      kwargs.column_index === 0 &&
      'success' in answers.BASIC &&
      answers.BASIC.success,
  },
  {
    why: 'Limits in text are compared with texts, and in ISO form with dates: Great Expectations raises, or refuses the suite.',
    concerns: ({ type, kwargs }) =>
      /(max|min|values)_to_be_between$/.test(type) && [kwargs.min_value, kwargs.max_value].some(isWords),
  },
  {
    why: 'Limits beyond 2^53 are exact: Great Expectations makes doubles of them.',
    concerns: ({ type, kwargs }) =>
      type === 'expect_column_values_to_be_between' && kwargs.min_value === '9007199254740993',
  },
  {
    why: 'A missing date is null, not the text "NaT".',
    concerns: ({ type, kwargs }) =>
      type === 'expect_column_values_to_not_be_null' && ['at', 'day'].includes(String(kwargs.column)),
  },
];

function isWords(limit: unknown): boolean {
  return typeof limit === 'string' && !/^\d{16,}$/.test(limit);
}

const isRefused = ({ answers }: Case) => 'refused' in answers.BASIC;
const isDeviant = (one: Case, table: string) => deviations.some(({ concerns }) => concerns(one, table));

/** Empty where both say the same; else what differs. */
function difference({ success, result, exception_info: info }: ExpectationResult, wanted: Answer): string {
  if ('refused' in wanted) return `refused: ${wanted.refused}`;
  if (info.raised_exception !== (wanted.raised !== null)) return `raised: ${info.exception_message} / ${wanted.raised}`;
  if (success !== wanted.success) return `success: ${success} / ${wanted.success}`;
  if (info.raised_exception || same(result, wanted.result)) return '';
  return `${JSON.stringify(result)} / ${JSON.stringify(wanted.result)}`;
}

async function differencesOf(golden: Golden, cases: readonly Case[], format: ResultFormat): Promise<readonly string[]> {
  const results = cases.length === 0 ? [] : await answersOf(golden, cases, format);
  return cases.map(({ type, kwargs, answers }, index) => {
    const result = results[index];
    const told = result === undefined ? 'nothing' : difference(result, answers[format]);
    return told === '' ? '' : `${type} ${JSON.stringify(kwargs)}: ${told}`;
  });
}

const tables = (await readdir(folder)).filter((name) => name.endsWith('.json'));

describe.each(tables)('%s', (name) => {
  const read = async () => JSON.parse(await readFile(new URL(name, folder), 'utf8')) as Golden;

  it.each(formats)('is answered as Great Expectations does in %s', async (format) => {
    const golden = await read();
    const cases = golden.cases.filter((one) => !isRefused(one) && !isDeviant(one, name));
    expect(cases.length).toBeGreaterThan(20);
    expect((await differencesOf(golden, cases, format)).filter((told) => told !== '')).toEqual([]);
  });

  it('is refused where Great Expectations refuses the suite, save where a deviation answers', async () => {
    const golden = await read();
    for (const one of golden.cases.filter((case_) => isRefused(case_) && !isDeviant(case_, name)))
      await expect(answersOf(golden, [one], 'BASIC'), JSON.stringify(one.kwargs)).rejects.toThrow(ProblemError);
  });

  it('is answered otherwise in every case that is declared so', async () => {
    const golden = await read();
    const deviant = golden.cases.filter((one) => isDeviant(one, name));
    const differences = await differencesOf(golden, deviant, 'COMPLETE');
    expect(deviant.filter((_, index) => differences[index] === '')).toEqual([]);
  });
});

it.each(deviations)('$why', async ({ concerns }) => {
  const files = await Promise.all(tables.map((name) => readFile(new URL(name, folder), 'utf8')));
  const cases = files.flatMap((text, index) =>
    (JSON.parse(text) as Golden).cases.map((one) => concerns(one, tables[index] ?? '')),
  );
  expect(cases.filter(Boolean).length).toBeGreaterThan(0);
});
