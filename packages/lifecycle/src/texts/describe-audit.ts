import type { CompareDocument, Difference, LineageDocument, VerifyDocument } from '../registry/documents.ts';
import { counted, figureText } from './figures.ts';
import { type Block, markOf, type Report, type Sentence } from './report.ts';

/** Verb `verify`. */
export function describeVerification({ outcome, findings, checked, notes }: VerifyDocument): Report {
  const { versions, pointers, events, bytes } = checked;
  const looked = `${counted(versions, 'version')}, ${counted(pointers, 'decision')}, ${counted(events, 'event')}, the bytes of ${counted(bytes, 'artifact')}`;
  const rows = findings.map(({ rule, model, environment, commit, what }): readonly Sentence[] => [
    { mark: 'fail' },
    { code: rule },
    environment === undefined ? model : `${model}/${environment}`,
    what,
    commit === undefined ? '' : { code: commit.slice(0, 12) },
  ]);
  const verdict =
    findings.length === 0
      ? outcome === 'pass'
        ? 'nothing was changed outside the rules'
        : 'not everything could be checked'
      : `${counted(findings.length, 'finding')}`;
  return {
    outcome,
    headline: [markOf(outcome), ` ${verdict} (${looked})`],
    blocks: [
      ...(rows.length > 0
        ? [
            {
              kind: 'table',
              columns: [{ title: '' }, { title: 'Rule' }, { title: 'Where' }, { title: 'What' }, { title: 'Commit' }],
              rows,
            } as const,
          ]
        : []),
      ...(notes.length > 0 ? [{ kind: 'list', items: notes } as const] : []),
    ],
    cases:
      findings.length === 0
        ? [{ name: 'verify', group: 'registry', outcome, message: verdict }]
        : findings.map(({ rule, model, what }) => ({ name: rule, group: model, outcome: 'fail', message: what })),
    annotations: findings.map(({ rule, what }) => ({ level: 'error', title: rule, message: what })),
  };
}

function treeItems({ nodes, edges }: LineageDocument): Sentence[] {
  const labels = new Map(nodes.map(({ id, label }) => [id, label]));
  return edges.map(({ from, to, kind }) => [
    { strong: labels.get(from) ?? from },
    ` ${kind.replaceAll('-', ' ')} `,
    { code: labels.get(to) ?? to },
  ]);
}

/** Verb `lineage`. */
export function describeLineage(document: LineageDocument): Report {
  const [first] = document.nodes;
  return {
    outcome: document.outcome,
    headline: [{ strong: first?.label ?? 'nothing' }, `: ${counted(document.edges.length, 'link')}`],
    blocks: [{ kind: 'list', items: [...treeItems(document), ...document.notes] }],
    cases: [],
    annotations: [],
  };
}

function differenceRows(title: string, difference: Difference): (readonly Sentence[])[] {
  return Object.entries(difference).map(([name, { a, b }]) => [title, { code: name }, shown(a), shown(b)]);
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '–');
  return text === 'null' ? '–' : text.length > 48 ? `${text.slice(0, 45)}…` : text;
}

/** Verb `compare`. */
export function describeComparison(document: CompareDocument): Report {
  const { a, b, metrics, data, code, parameters, features, outcome, notes } = document;
  const right = 'right' as const;
  const rows = Object.entries(metrics).map(([name, one]): readonly Sentence[] => [
    { code: name },
    figureText(one.a),
    figureText(one.b),
    figureText(one.difference),
    one.judgement.replace('-', ' '),
  ]);
  const different = [
    ...differenceRows('data', data),
    ...differenceRows('code', code),
    ...differenceRows('parameters', parameters),
    ...differenceRows('features', features),
  ];
  const blocks: Block[] = [
    {
      kind: 'table',
      columns: [
        { title: 'Metric' },
        { title: a, align: right },
        { title: b, align: right },
        { title: 'Difference', align: right },
        { title: '' },
      ],
      rows,
    },
  ];
  if (different.length > 0)
    blocks.push({
      kind: 'table',
      columns: [{ title: 'Differs' }, { title: '' }, { title: a }, { title: b }],
      rows: different,
    });
  return {
    outcome,
    headline: [
      { strong: b },
      ' beside ',
      { strong: a },
      different.length === 0
        ? ': made from the same'
        : `: ${counted(different.length, 'difference')} in what they are made from`,
    ],
    blocks: [...blocks, ...(notes.length > 0 ? [{ kind: 'list', items: notes } as const] : [])],
    cases: [],
    annotations: [],
  };
}
