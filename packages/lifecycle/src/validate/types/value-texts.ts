import { z } from 'zod';
import type { AcceptedCondition, Cell, Condition } from '../../ports/index.ts';
import { expectationType, type Question, question, type TableFacts } from '../expectation.ts';
import { type BoundKwargs, boundsOf, column, flag, mostly, needsBound } from '../kwargs.ts';
import { isWithin } from '../observed-result.ts';
import { type Pattern, parsePattern } from '../python/pattern.ts';
import { pythonText } from '../python/text.ts';
import { pandasType } from '../python/types.ts';
import { columnNamed } from '../table-facts.ts';
import { askValues } from '../unexpected-result.ts';

/** Expectations about the text of values: what Python's `str` makes of numbers, booleans and dates. */

interface Asked {
  readonly column: string;
  readonly mostly: number;
}

type TextOf = (cell: Exclude<Cell, null>) => string;

/** Asks with the text form of the column's values; for whole numbers that depends on whether one is missing. */
function withText(
  { column: name, mostly: share }: Asked,
  table: TableFacts,
  conditionOf: (textOf: TextOf) => Condition,
): Question {
  const described = columnNamed(table, name);
  if (described.kind === 'text') return askValues(name, conditionOf(String), share, table);
  return question({ missing: { kind: 'missing', column: name } }, ({ missing }) => {
    const { rows, format } = table;
    const isFloat = pandasType(described, { rows, format, missing }).name.startsWith('float');
    return askValues(
      name,
      conditionOf((cell) => pythonText(cell, described, isFloat)),
      share,
      table,
    );
  });
}

interface PatternLaw {
  readonly patterns: readonly string[];
  readonly need: 'all' | 'any';
  readonly negated: boolean;
}

function re2Of(patterns: readonly Pattern[]): readonly string[] | null {
  const texts = patterns.map(({ re2 }) => re2).filter((text) => text !== null);
  return texts.length === patterns.length ? texts : null;
}

function patternCondition(
  name: string,
  law: PatternLaw,
  patterns: readonly Pattern[],
  textOf: TextOf,
): AcceptedCondition {
  const { need, negated } = law;
  const re2 = re2Of(patterns);
  const isFound = (text: string) =>
    need === 'all'
      ? patterns.every(({ expression }) => expression.test(text))
      : patterns.some(({ expression }) => expression.test(text));
  return {
    kind: 'accepted',
    column: name,
    key: JSON.stringify(law),
    accepts: (cell) => isFound(textOf(cell)) !== negated,
    ...(re2 === null ? {} : { re2: { patterns: re2, need, negated } }),
  };
}

function askPatterns(asked: Asked, law: PatternLaw, table: TableFacts): Question {
  columnNamed(table, asked.column);
  const patterns = law.patterns.map(parsePattern);
  return withText(asked, table, (textOf) => patternCondition(asked.column, law, patterns, textOf));
}

function askLengths(asked: Asked, limits: BoundKwargs, table: TableFacts): Question {
  const { column: name, mostly: share } = asked;
  const { kind } = columnNamed(table, name);
  if (kind === 'text') return askValues(name, { kind: 'length', column: name, bounds: boundsOf(limits) }, share, table);
  return withText(asked, table, (textOf) => ({
    kind: 'accepted',
    column: name,
    key: `length ${JSON.stringify(boundsOf(limits))}`,
    accepts: (cell) => isWithin([...textOf(cell)].length, limits),
  }));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const lengthBound = z
  .number()
  .nullish()
  .transform((value) => value ?? null);
const lengthBounds = { min_value: lengthBound, max_value: lengthBound, strict_min: flag, strict_max: flag };
const regex = z.string();
const regexList = z.array(z.string()).min(1);

export const valueTextTypes = {
  expect_column_values_to_match_regex: expectationType({ column, mostly, regex }, (kwargs, table) =>
    askPatterns(kwargs, { patterns: [kwargs.regex], need: 'any', negated: false }, table),
  ),
  expect_column_values_to_not_match_regex: expectationType({ column, mostly, regex }, (kwargs, table) =>
    askPatterns(kwargs, { patterns: [kwargs.regex], need: 'any', negated: true }, table),
  ),
  expect_column_values_to_match_regex_list: expectationType(
    { column, mostly, regex_list: regexList, match_on: z.enum(['any', 'all']).default('any') },
    (kwargs, table) =>
      askPatterns(kwargs, { patterns: kwargs.regex_list, need: kwargs.match_on, negated: false }, table),
  ),
  expect_column_values_to_not_match_regex_list: expectationType(
    { column, mostly, regex_list: regexList },
    (kwargs, table) => askPatterns(kwargs, { patterns: kwargs.regex_list, need: 'any', negated: true }, table),
  ),
  expect_column_value_lengths_to_be_between: expectationType(
    { column, mostly, ...lengthBounds },
    (kwargs, table) => askLengths(kwargs, kwargs, table),
    needsBound,
  ),
  expect_column_value_lengths_to_equal: expectationType({ column, mostly, value: z.number() }, (kwargs, table) =>
    askLengths(
      kwargs,
      { min_value: kwargs.value, max_value: kwargs.value, strict_min: false, strict_max: false },
      table,
    ),
  ),
  expect_column_values_to_be_json_parseable: expectationType({ column, mostly }, (kwargs, table) => {
    const isText = columnNamed(table, kwargs.column).kind === 'text';
    const accepts = (cell: Cell) => isText && typeof cell === 'string' && isJson(cell);
    return askValues(
      kwargs.column,
      { kind: 'accepted', column: kwargs.column, key: 'json', accepts },
      kwargs.mostly,
      table,
    );
  }),
} as const;
