import type { EvaluateDocument, Figure, GateResult } from '../documents.ts';
import { bytesText, counted, countText, figureText, shortDigest } from './figures.ts';
import { type Annotation, type Block, type Case, markOf, type Report, type Sentence } from './report.ts';

/** How a figure of the candidate stands to the champion's. */
export type JudgeMetric = (name: string, champion: Figure, candidate: Figure, evaluation: EvaluateDocument) => string;

function gateMark({ state, level }: GateResult): Sentence {
  if (state === 'not-applicable') return { mark: 'not-applicable' };
  if (state === 'passed') return { mark: 'pass' };
  return { mark: level === 'warn' ? 'warning' : 'fail' };
}

function gatesBlock(gates: readonly GateResult[]): Block {
  return {
    kind: 'table',
    columns: [{ title: '' }, { title: 'Gate' }, { title: 'Found' }, { title: '' }],
    rows: gates.map((gate) => [
      gateMark(gate),
      { code: gate.if },
      gate.reason,
      gate.position === undefined ? '' : { place: gate.position },
    ]),
  };
}

/** The metrics that people look at first, by task. */
const headlineMetrics = {
  binary: ['accuracy', 'roc_auc', 'f1', 'precision', 'recall', 'log_loss'],
  multiclass: ['accuracy', 'f1_macro', 'balanced_accuracy', 'precision_macro', 'recall_macro', 'log_loss'],
  regression: ['mae', 'rmse', 'r2', 'mape', 'median_ae'],
} as const;

function intervalText({ intervals }: EvaluateDocument, name: string): string {
  const interval = intervals[name];
  // an interval without width comes of a resampling that found no other value: it would tell a certainty that is none
  return interval === undefined || interval.low === interval.high
    ? ''
    : `${figureText(interval.low)} to ${figureText(interval.high)}`;
}

function metricsBlock(document: EvaluateDocument, names: readonly string[], judge: JudgeMetric): Block {
  const { champion, metrics } = document;
  const beside =
    champion === undefined
      ? []
      : [{ title: `${champion.environment} ${champion.version}`, align: 'right' } as const, { title: '' }];
  const rows = names.map((name): readonly Sentence[] => {
    const other = champion?.metrics[name] ?? null;
    const compared: readonly Sentence[] =
      champion === undefined ? [] : [figureText(other), judge(name, other, metrics[name] ?? null, document)];
    return [{ code: name }, figureText(metrics[name]), intervalText(document, name), ...compared];
  });
  const figures = [{ title: 'Metric' }, { title: 'This run', align: 'right' }, { title: '95 % interval' }] as const;
  return { kind: 'table', columns: [...figures, ...beside], rows };
}

function confusionBlocks({ confusionMatrix }: EvaluateDocument): Block[] {
  if (confusionMatrix === undefined) return [];
  const { labels, matrix } = confusionMatrix;
  const right = 'right' as const;
  return [
    {
      kind: 'table',
      columns: [{ title: '' }, ...labels.map((label) => ({ title: `predicted ${label}`, align: right }))],
      rows: matrix.map((row, index) => [{ strong: `actual ${labels[index]}` }, ...row.map(countText)]),
    },
  ];
}

function fairnessBlocks({ fairness }: EvaluateDocument): Block[] {
  return Object.entries(fairness).map(([column, { byGroup }]) => {
    const measures = ['count', 'accuracy', 'selection_rate', 'mae'].filter((measure) =>
      Object.values(byGroup).some((group) => group[measure] !== undefined),
    );
    return {
      kind: 'table',
      columns: [{ title: column }, ...measures.map((title) => ({ title, align: 'right' as const }))],
      rows: Object.entries(byGroup).map(([group, figures]) => [
        { strong: group },
        ...measures.map((measure) => figureText(figures[measure])),
      ]),
    };
  });
}

function measuresBlock({ fairness }: EvaluateDocument): Block[] {
  const rows = Object.entries(fairness).flatMap(([column, { betweenGroups }]) =>
    Object.entries(betweenGroups).map(([measure, figure]): readonly Sentence[] => [
      { code: `fairness.${column}.${measure}` },
      figureText(figure),
    ]),
  );
  if (rows.length === 0) return [];
  const table: Block = { kind: 'table', columns: [{ title: 'Between groups' }, { title: '', align: 'right' }], rows };
  return [{ kind: 'details', title: `Bias: ${counted(rows.length, 'measure')} between groups`, blocks: [table] }];
}

function sliceBlocks({ slices, task }: EvaluateDocument): Block[] {
  const names = headlineMetrics[task].slice(0, 3);
  return Object.entries(slices).map(([column, groups]) => ({
    kind: 'table',
    columns: [
      { title: `Slice ${column}` },
      { title: 'Rows', align: 'right' },
      ...names.map((title) => ({ title, align: 'right' as const })),
    ],
    rows: Object.entries(groups).map(([group, { rows, metrics }]) => [
      { strong: group },
      countText(rows),
      ...names.map((name) => figureText(metrics[name])),
    ]),
  }));
}

function notesBlocks({ notes }: EvaluateDocument): Block[] {
  const entries = Object.entries(notes);
  if (entries.length === 0) return [];
  const items = entries.map(([path, note]): Sentence => [{ code: path }, `: ${note}`]);
  return [{ kind: 'details', title: `Notes (${entries.length})`, blocks: [{ kind: 'list', items }] }];
}

function sourceLine({ data, model, rows, performance, commit }: EvaluateDocument): Block {
  const parts: Sentence[] = [];
  if (data !== undefined)
    parts.push([
      'Test data ',
      { code: data.path },
      ' sha256 ',
      { code: shortDigest(data.sha256) },
      `, ${counted(rows, 'row')}`,
    ]);
  if (model !== undefined)
    parts.push([`${model.format} model `, { code: shortDigest(model.sha256) }, `, ${bytesText(model.sizeBytes)}`]);
  if (performance !== undefined)
    parts.push(
      `one row in ${figureText(performance.p50Ms)} ms (p95 ${figureText(performance.p95Ms)} ms), ${countText(Math.round(performance.rowsPerSecond))} rows a second`,
    );
  if (commit != null) parts.push(['commit ', { code: commit.slice(0, 12) }]);
  const text = parts.flatMap((part, index) => [
    ...(index > 0 ? [' · '] : []),
    ...(Array.isArray(part) ? part : [part]),
  ]);
  return { kind: 'paragraph', text: text as Sentence };
}

function verdictText({ gates, outcome }: EvaluateDocument): string {
  const judged = gates.filter(({ state, level }) => state !== 'not-applicable' && level === 'error');
  const failed = judged.filter(({ state }) => state === 'failed');
  const idle = gates.filter(({ state }) => state === 'not-applicable').length;
  const rest = idle === 0 ? '' : `, ${idle} not applicable yet`;
  if (gates.length === 0) return 'no gate was asked';
  if (outcome === 'inconclusive') return 'the gates could not be judged';
  return failed.length > 0
    ? `${failed.length} of ${counted(judged.length, 'gate')} failed${rest}`
    : `${judged.length} of ${counted(judged.length, 'gate')} passed${rest}`;
}

function casesOf({ gates }: EvaluateDocument, group: string): Case[] {
  return gates.map((gate) => ({
    name: gate.if,
    group,
    outcome: gate.state === 'passed' ? 'pass' : gate.state === 'failed' ? 'fail' : 'skipped',
    message: gate.reason,
  }));
}

function annotationsOf({ gates }: EvaluateDocument, name: string): Annotation[] {
  return gates
    .filter(({ state }) => state === 'failed')
    .map(({ if: expression, reason, level, position }) => ({
      level: level === 'warn' ? 'warning' : 'error',
      title: `${name}: gate failed`,
      message: `${expression}: ${reason}`,
      ...position,
    }));
}

/** Action `evaluate-model`, verb `evaluate`: verdict, gates, candidate beside champion, bias; the rest folded. */
export function describeEvaluation(document: EvaluateDocument, judge: JudgeMetric): Report {
  const { task, metrics, gates, outcome, modelName } = document;
  const name = modelName ?? document.model?.path ?? 'predictions';
  const known = Object.keys(metrics);
  const first = headlineMetrics[task].filter((metric) => known.includes(metric));
  const folded: Block[] = [
    metricsBlock(document, known, judge),
    ...confusionBlocks(document),
    ...sliceBlocks(document),
  ];
  return {
    outcome,
    headline: [markOf(outcome), ' ', { strong: name }, `: ${verdictText(document)}`],
    blocks: [
      ...(gates.length > 0 ? [gatesBlock(gates)] : []),
      ...(first.length > 0 ? [metricsBlock(document, first, judge)] : []),
      ...fairnessBlocks(document),
      sourceLine(document),
      ...(known.length > 0
        ? [
            {
              kind: 'details',
              title: `All ${counted(known.length, 'metric')}, confusion matrix, slices`,
              blocks: folded,
            } as const,
          ]
        : []),
      ...measuresBlock(document),
      ...notesBlocks(document),
    ],
    cases: casesOf(document, name),
    annotations: annotationsOf(document, name),
  };
}
