import type { ExpectationResult, ValidateDocument } from '../documents.ts';
import type { DataEngine, DataSession, TableSource } from '../ports/index.ts';
import type { Outcome } from '../verdict.ts';
import type { ResultFormat, TableFacts } from './expectation.ts';
import { judgeSuite } from './judge-suite.ts';
import { parseSuite } from './parse-suite.ts';
import { profileQuestion } from './profile.ts';
import type { Severity, Suite } from './suite.ts';

export type FailOn = Severity | 'never';

export interface NamedTable {
  readonly name: string;
  readonly source: TableSource;
}

export interface ValidateTableRequest {
  readonly table: NamedTable;
  /** Tables that an expectation compares with, by the name it uses. */
  readonly others: Readonly<Record<string, NamedTable>>;
  /** The suite's text, and the file it is from; null to profile only. */
  readonly suite: { readonly file: string; readonly text: string } | null;
  readonly resultFormat: ResultFormat;
  readonly failOn: FailOn;
}

export interface ValidatePorts {
  readonly engine: DataEngine;
}

const weights: Readonly<Record<Severity, number>> = { info: 0, warning: 1, critical: 2 };

/** A suite that says how many rows there may be has judged a table without any. */
function countsRows({ success, expectation_config: { type } }: ExpectationResult): boolean {
  return success && type.startsWith('expect_table_row_count_');
}

/**
 * An unsuccessful expectation fails the table if it weighs at least as much as `failOn`. In a table without rows every
 * law of a column is met, as in Great Expectations; nothing was judged, so that alone is no pass.
 */
function outcomeOf(results: readonly ExpectationResult[], failOn: FailOn, rows: number): Outcome {
  if (failOn === 'never') return 'pass';
  const isGrave = ({ success, expectation_config: { severity } }: ExpectationResult) =>
    !success && weights[severity] >= weights[failOn];
  if (results.some(isGrave)) return 'fail';
  return rows === 0 && results.length > 0 && !results.some(countsRows) ? 'inconclusive' : 'pass';
}

function statisticsOf(results: readonly ExpectationResult[]): ValidateDocument['statistics'] {
  const successful = results.filter(({ success }) => success).length;
  return {
    evaluated_expectations: results.length,
    successful_expectations: successful,
    unsuccessful_expectations: results.length - successful,
    success_percent: results.length === 0 ? null : (successful / results.length) * 100,
  };
}

async function countOthers(session: DataSession, others: ValidateTableRequest['others']) {
  const counts = Object.keys(others).map(
    async (name) => [name, (await session.describe(otherName(name))).rows] as const,
  );
  return Object.fromEntries(await Promise.all(counts));
}

const own = 'table';
const otherName = (name: string) => `other ${name}`;

/** Measures a table that is open: its expectations and its profile share each scan. */
async function measureTable(session: DataSession, request: ValidateTableRequest, suite: Suite | null) {
  const facts: TableFacts = {
    ...(await session.describe(own)),
    format: request.table.source.format,
    others: await countOthers(session, request.others),
    resultFormat: request.resultFormat,
  };
  const { ask, profile } = profileQuestion(facts);
  const questions = { expectations: suite?.expectations ?? [], table: facts, beside: ask };
  const { results, beside } = await judgeSuite(questions, (aggregates) => session.measure(own, aggregates));
  return { results, profile: profile(beside) };
}

/**
 * Validates one table. Problems of the suite come before anything is read; an expectation that cannot be judged is
 * unsuccessful within its own result.
 */
export async function validateTable(
  request: ValidateTableRequest,
  { engine }: ValidatePorts,
): Promise<ValidateDocument> {
  const suite = request.suite === null ? null : parseSuite(request.suite.text, request.suite.file);
  const others = Object.entries(request.others).map(([name, { source }]) => [otherName(name), source] as const);
  const session = await engine.open({ [own]: request.table.source, ...Object.fromEntries(others) });
  try {
    const { results, profile } = await measureTable(session, request, suite);
    return {
      schema: 'model-gitops/validate/1',
      outcome: outcomeOf(results, request.failOn, profile.rows),
      success: results.every(({ success }) => success),
      suite_name: suite?.name ?? null,
      statistics: statisticsOf(results),
      results,
      profile,
    };
  } finally {
    await session.close();
  }
}
