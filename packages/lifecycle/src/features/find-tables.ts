import type { ModelConfig } from '../config/types.ts';
import { type FoundTable, findTable, formatOfTable } from '../data-files.ts';
import type { DatasetFacts, FeaturesDocument } from '../documents.ts';
import type { Workspace } from '../ports/index.ts';
import { positionOf } from '../position-of.ts';
import { ProblemError } from '../problem.ts';
import { readDefinition } from './definition.ts';
import { featureProblems } from './problems.ts';

/** The tables that model.yaml names: `train` where there is one, then `test`. Problems: those of `findTable`. */
export async function findInputs(workspace: Workspace, config: ModelConfig): Promise<readonly FoundTable[]> {
  const { train, test, parseDates } = config.data;
  const found: FoundTable[] = [];
  for (const input of train === undefined ? [test] : [train, test])
    found.push(
      await findTable(workspace, { ...input, parseDates, position: positionOf(config, `data.${input.name}`) }),
    );
  return found;
}

/** Whether two lists tell of the same bytes under the same names. */
function sameDatasets(one: readonly DatasetFacts[], other: readonly DatasetFacts[]): boolean {
  const digests = new Map(other.map(({ name, sha256 }) => [name, sha256]));
  return one.length === other.length && one.every(({ name, sha256 }) => digests.get(name) === sha256);
}

/** What a model is trained and judged on, and the raw data that it was made of. */
export interface ModelTables {
  readonly train: FoundTable | null;
  readonly test: FoundTable;
  readonly raw: readonly DatasetFacts[];
  /** Name and digest of each table that the features step made; null where the data is used as it is. */
  readonly made: readonly { readonly name: string; readonly sha256: string }[] | null;
}

type Output = FeaturesDocument['outputs'][number];

async function openOutput(workspace: Workspace, { name, path, sha256, size, rows }: Output): Promise<FoundTable> {
  const found = await workspace.measure(path);
  if (found?.sha256 !== sha256) throw new ProblemError(featureProblems.changed(path), { kind: 'refused' });
  return {
    source: { paths: [workspace.resolve(path)], format: formatOfTable(path) },
    facts: { name, path, sha256, size, rows },
  };
}

async function checkIsCurrent(
  workspace: Workspace,
  { config, document, raw }: { config: ModelConfig; document: FeaturesDocument; raw: readonly DatasetFacts[] },
): Promise<void> {
  const { kind, sha256 } = await readDefinition(workspace, config);
  const { definition, inputs } = document;
  if (definition.kind === kind && definition.sha256 === sha256 && sameDatasets(raw, inputs)) return;
  throw new ProblemError(featureProblems.stale(config.name), { kind: 'refused' });
}

function withRows(raw: readonly DatasetFacts[], document: FeaturesDocument | null): readonly DatasetFacts[] {
  const counted = document?.inputs ?? [];
  return raw.map((facts) => {
    const rows = counted.find(({ name, sha256 }) => name === facts.name && sha256 === facts.sha256)?.rows;
    return rows === undefined ? facts : { ...facts, rows };
  });
}

function tableNamed(tables: readonly FoundTable[], name: string): FoundTable | null {
  return tables.find(({ facts }) => facts.name === name) ?? null;
}

/**
 * The tables of a model: what the features step made, where model.yaml asks for features, else its data. What was made
 * must be of the data and by the definition that are here now.
 * Problems: `features-missing`, `features-stale` and `features-changed` (both refused), and those of `findTable`.
 */
export async function findTables(
  workspace: Workspace,
  config: ModelConfig,
  document: FeaturesDocument | null,
): Promise<ModelTables> {
  const inputs = await findInputs(workspace, config);
  const facts = inputs.map((input) => input.facts);
  const raw = withRows(facts, document);
  const isMade = config.features.sql !== undefined || config.features.run !== undefined;
  if (isMade && document === null) throw new ProblemError(featureProblems.missing(config.name));
  if (isMade && document !== null) await checkIsCurrent(workspace, { config, document, raw: facts });
  const outputs = isMade ? (document?.outputs ?? []) : [];
  const tables = isMade ? await Promise.all(outputs.map((output) => openOutput(workspace, output))) : inputs;
  const test = tableNamed(tables, 'test');
  if (test === null) throw new ProblemError(featureProblems.missing(config.name));
  const made = isMade ? outputs.map(({ name, sha256 }) => ({ name, sha256 })) : null;
  return { train: tableNamed(tables, 'train'), test, raw, made };
}
