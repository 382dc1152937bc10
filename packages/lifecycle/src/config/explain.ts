import picomatch from 'picomatch';
import type { ConfigurationFiles } from './read-configuration.ts';
import type { ModelConfig, Position, RepositoryConfig } from './types.ts';

type Value = string | number | boolean | readonly string[] | Readonly<Record<string, string | number | boolean>>;

/** One thing that a model is configured with. */
export interface ExplainedValue {
  /** As in model.yaml: `data.test`, `gates[1]`. */
  readonly key: string;
  /** Of a path what it resolved to, from the root of the repository. */
  readonly value: Value;
  readonly from:
    | { readonly kind: 'file' | 'repository-defaults'; readonly file: string; readonly line: number }
    | { readonly kind: 'default' };
  /** Of paths only: whether a file is there now. */
  readonly exists?: boolean;
}

interface Row {
  readonly key: string;
  readonly value: Value | undefined;
  readonly isPath?: true;
}

function items(key: string, values: readonly string[]): readonly Row[] {
  return values.map((value, index) => ({ key: `${key}[${index}]`, value, isPath: true }));
}

function codeRows(code: readonly string[]): readonly Row[] {
  return code.length > 0 ? items('train.code', code) : [{ key: 'train.code', value: 'every source file' }];
}

function trainRows({ train, model }: ModelConfig): readonly Row[] {
  const named: Row = { key: 'model', value: model, isPath: true };
  if (train === undefined) return [named];
  return [
    { key: 'train.run', value: train.run },
    { key: 'train.reuse', value: train.reuse },
    ...codeRows(train.code),
    ...items('train.locks', train.locks),
    { key: 'train.parameters', value: train.parameters },
    { key: 'train.seed', value: train.seed },
    { key: 'train.outputs.model', value: train.outputs.model, isPath: true },
    { key: 'train.outputs.metrics', value: train.outputs.metrics, isPath: true },
    named,
  ];
}

function evaluateRows({ evaluate }: ModelConfig): readonly Row[] {
  const { predictions } = evaluate;
  return [
    { key: 'evaluate.run', value: evaluate.run },
    { key: 'evaluate.predictions.file', value: predictions?.file, isPath: true },
    { key: 'evaluate.predictions.prediction', value: predictions?.prediction },
    { key: 'evaluate.predictions.score', value: predictions?.score },
    { key: 'evaluate.predictions.scores', value: predictions?.scores },
    { key: 'evaluate.task', value: evaluate.task },
    { key: 'evaluate.positive', value: evaluate.positive },
    { key: 'evaluate.slices', value: evaluate.slices },
  ];
}

function gateRows({ gates }: ModelConfig): readonly Row[] {
  if (gates.length === 0) return [{ key: 'gates', value: [] }];
  return gates.map(({ expression, level }, index) => ({
    key: `gates[${index}]`,
    value: level === 'warn' ? { if: expression, level } : expression,
  }));
}

function rowsOf(model: ModelConfig): readonly Row[] {
  const { data, features } = model;
  return [
    { key: 'name', value: model.name },
    { key: 'owner', value: model.owner },
    { key: 'description', value: model.description },
    { key: 'intended-use', value: model.intendedUse },
    { key: 'license', value: model.license },
    { key: 'tags', value: model.tags },
    { key: 'data.train', value: data.train?.pattern, isPath: true },
    { key: 'data.test', value: data.test.pattern, isPath: true },
    { key: 'data.expect', value: data.expect, isPath: true },
    { key: 'data.parse-dates', value: data.parseDates },
    { key: 'features.sql', value: features.sql, isPath: true },
    { key: 'features.run', value: features.run },
    { key: 'features.format', value: features.format },
    { key: 'features.target', value: features.target },
    { key: 'features.sensitive', value: features.sensitive },
    { key: 'features.columns', value: features.columns },
    ...trainRows(model),
    ...evaluateRows(model),
    ...gateRows(model),
    ...model.environments.map(({ name, ...policy }) => ({ key: `environments.${name}`, value: policy })),
  ];
}

function sourceOf(position: Position | undefined, own: string): ExplainedValue['from'] {
  if (position === undefined) return { kind: 'default' };
  const { file, line } = position;
  return { kind: file === own ? 'file' : 'repository-defaults', file, line };
}

/** Whether the patterns match a file or the folder of one; the files are listed once. */
async function existenceOf(
  patterns: readonly string[],
  files: ConfigurationFiles,
): Promise<(pattern: string) => boolean> {
  const below = (pattern: string) => [pattern, `${pattern}/**`];
  const there = patterns.length === 0 ? [] : await files.list(patterns.flatMap(below), '');
  return (pattern) => there.some((path) => picomatch(below(pattern), { dot: true })(path));
}

/** Every value of each model, where it comes from, and of paths whether something is there. */
export async function explainModels(
  models: readonly ModelConfig[],
  files: ConfigurationFiles,
): Promise<readonly (readonly ExplainedValue[])[]> {
  const rows = models.map(rowsOf);
  const paths = rows.flat().flatMap(({ value, isPath }) => (isPath && typeof value === 'string' ? [value] : []));
  const exists = await existenceOf(paths, files);
  return models.map((model, index) =>
    (rows[index] ?? []).flatMap(({ key, value, isPath }) => {
      if (value === undefined) return [];
      const from = sourceOf(model.positions[key], model.file);
      return [{ key, value, from, ...(isPath && typeof value === 'string' ? { exists: exists(value) } : {}) }];
    }),
  );
}

/** The same of the repository's own file. */
export function explainRepository(
  { models, registry, store }: RepositoryConfig,
  { file, positions }: { readonly file: string; readonly positions: Readonly<Record<string, Position>> },
): readonly ExplainedValue[] {
  const rows: readonly Row[] = [
    { key: 'models', value: models },
    { key: 'registry', value: registry },
    { key: 'store', value: store },
  ];
  return rows.flatMap(({ key, value }) =>
    value === undefined ? [] : [{ key, value, from: sourceOf(positions[key], file) }],
  );
}
