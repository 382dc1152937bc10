import type { ModelConfig } from '../config/types.ts';
import { findTable } from '../data-files.ts';
import type { DataDocument } from '../documents.ts';
import type { DataEngine, Workspace } from '../ports/index.ts';
import { ProblemError } from '../problem.ts';
import { worstOutcome } from '../verdict.ts';
import type { ResultFormat } from './expectation.ts';
import { parseSuite } from './parse-suite.ts';
import { suiteProblems } from './problems.ts';
import { type FailOn, validateTable } from './validate-table.ts';

export interface ValidateDataRequest {
  readonly config: ModelConfig;
  readonly resultFormat: ResultFormat;
  readonly failOn: FailOn;
}

export interface ValidateDataPorts {
  readonly workspace: Workspace;
  readonly engine: DataEngine;
}

/** The suite that model.yaml names, read once for all datasets so that its problems come before any scan. */
async function readSuite({ data, positions }: ModelConfig, workspace: Workspace) {
  if (data.expect === undefined) return null;
  const text = await workspace.readText(data.expect);
  if (text === null) throw new ProblemError({ ...suiteProblems.missing(data.expect), ...positions['data.expect'] });
  parseSuite(text, data.expect);
  return { file: data.expect, text };
}

/**
 * Runs a model's suite against its training and its test data; without a suite both are only profiled.
 * Problems: those of the suite, `data-missing`, `data-format`, `data-mixed`, and what the engine cannot read.
 */
export async function validateData(
  { config, resultFormat, failOn }: ValidateDataRequest,
  { workspace, engine }: ValidateDataPorts,
): Promise<DataDocument> {
  const { train, test, parseDates } = config.data;
  const suite = await readSuite(config, workspace);
  const inputs = train === undefined ? [test] : [train, test];
  const datasets: DataDocument['datasets'][number][] = [];
  for (const { name, pattern } of inputs) {
    const position = config.positions[`data.${name}`];
    const { source, facts } = await findTable(workspace, { name, pattern, parseDates, position });
    const request = { table: { name, source }, others: {}, suite, resultFormat, failOn };
    const validation = await validateTable(request, { engine });
    datasets.push({ ...facts, rows: validation.profile.rows, validation });
  }
  const outcomes = datasets.map(({ validation }) => validation.outcome);
  return {
    schema: 'model-gitops/validate-data/1',
    outcome: worstOutcome(outcomes, 'inconclusive'),
    model: config.name,
    datasets,
  };
}
