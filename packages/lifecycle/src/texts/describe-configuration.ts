import type { ConfigCheckDocument } from '../config/check-configuration.ts';
import type { ExplainedValue } from '../config/explain.ts';
import { counted } from './figures.ts';
import { type Block, markOf, type Report, type Sentence } from './report.ts';

function valueText(value: ExplainedValue['value']): string {
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ');
  const pairs = Object.entries(value).map(([key, one]) => `${key}: ${one}`);
  return pairs.length === 0 ? 'none' : pairs.join(', ');
}

function sourceText({ from }: ExplainedValue): Sentence {
  if (from.kind === 'default') return 'default';
  return { place: { file: from.file, line: from.line } };
}

function existenceText({ exists }: ExplainedValue): string {
  if (exists === undefined) return '';
  return exists ? 'is there' : 'is not there';
}

function valuesBlock(values: readonly ExplainedValue[]): Block {
  return {
    kind: 'table',
    columns: [{ title: 'Key' }, { title: 'Value' }, { title: 'File' }, { title: 'From' }],
    rows: values.map((one) => [{ code: one.key }, { code: valueText(one.value) }, existenceText(one), sourceText(one)]),
  };
}

function explained(title: Sentence, values: readonly ExplainedValue[] | undefined): readonly Block[] {
  return values === undefined ? [] : [{ kind: 'paragraph', text: title }, valuesBlock(values)];
}

/** Verb `config check`. */
export function describeConfiguration({ outcome, models, repository }: ConfigCheckDocument): Report {
  const table: Block = {
    kind: 'table',
    columns: [{ title: 'Model' }, { title: 'File' }],
    rows: models.map(({ name, file }) => [{ strong: name }, { code: file }]),
  };
  return {
    outcome,
    headline: [markOf(outcome), ` The configuration of ${counted(models.length, 'model')} can be used`],
    blocks: [
      ...(models.length === 0 ? [] : [table]),
      ...models.flatMap(({ name, file, values }) => explained([{ strong: name }, ' · ', { code: file }], values)),
      ...(repository === undefined ? [] : explained({ code: repository.file }, repository.values)),
    ],
    cases: models.map(({ name, file }) => ({ name: file, group: name, outcome: 'pass' })),
    annotations: [],
  };
}
