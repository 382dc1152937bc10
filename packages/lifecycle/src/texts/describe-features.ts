import type { FeaturesDocument } from '../documents.ts';
import { bytesText, counted, countText, shortDigest } from './figures.ts';
import { type Block, markOf, type Report, type Sentence } from './report.ts';

const made = { none: 'the data is used as it is', sql: 'made by SQL', command: 'made by the command' } as const;

function outputsBlock({ outputs }: FeaturesDocument): Block {
  const rows = outputs.map(({ name, path, rows: count, columns, size, sha256 }): readonly Sentence[] => [
    name,
    { code: path },
    countText(count),
    countText(columns.length),
    bytesText(size),
    { code: shortDigest(sha256) },
  ]);
  return {
    kind: 'table',
    columns: [
      { title: 'Table' },
      { title: 'File' },
      { title: 'Rows', align: 'right' },
      { title: 'Columns', align: 'right' },
      { title: 'Size', align: 'right' },
      { title: 'sha256' },
    ],
    rows,
  };
}

/** Action `engineer-features`. */
export function describeFeatures(document: FeaturesDocument): Report {
  const { model, outcome, definition, cached, outputs } = document;
  const columns = outputs[0]?.columns ?? [];
  const how = cached ? 'unchanged: taken from the run before' : made[definition.kind];
  const where: Sentence = definition.path === null ? [] : ['Defined by ', { code: definition.path }, '.'];
  return {
    outcome,
    headline: [markOf(outcome), ' ', { strong: model }, `: ${counted(columns.length, 'column')} of features, ${how}`],
    blocks: [
      ...(where.length > 0 ? [{ kind: 'paragraph', text: where } as const] : []),
      outputsBlock(document),
      {
        kind: 'details',
        title: 'Columns',
        blocks: [
          {
            kind: 'table',
            columns: [{ title: 'Column' }, { title: 'Kind' }],
            rows: columns.map(({ name, kind }) => [{ code: name }, kind]),
          },
        ],
      },
    ],
    cases: [{ name: 'features', group: model, outcome }],
    annotations: [],
  };
}
