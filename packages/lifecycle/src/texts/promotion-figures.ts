import type { VersionRecord } from '@model-gitops/registry';
import type { Figure, GateResult } from '../documents.ts';
import { compareMetrics } from '../evaluate/compare-metrics.ts';
import { rootsOfRecord } from '../evaluate/gate-facts.ts';
import { operatorOf, type Path, parseExpression, pathsOf } from '../gates/expression.ts';
import type { PromotionView } from '../reconcile/types.ts';
import { bytesText, counted, figureText } from './figures.ts';
import type { Block, Sentence, TableColumn } from './report.ts';
import { cutText } from './sentences.ts';

/** The metrics that people look at first, whatever the task is. */
const headlines = [
  ...['accuracy', 'roc_auc', 'f1', 'f1_macro', 'balanced_accuracy', 'precision', 'recall', 'log_loss'],
  ...['mae', 'rmse', 'r2', 'mape'],
];
const openRows = 8;
const candidateRoots = new Set(['metrics', 'reported', 'fairness', 'performance', 'model']);

interface Threshold {
  readonly path: Path;
  /** `>= 0.9`, with the figure that it came to; null where the gate is no plain comparison with it. */
  readonly text: string | null;
}

/** What a gate asks of each figure that it names, as its reason told it. */
function thresholdsOf({ if: expression, reason }: GateResult): readonly Threshold[] {
  let tree: ReturnType<typeof parseExpression>;
  try {
    tree = parseExpression(expression);
  } catch {
    // a gate of a newer release: its sentence is told, its figures are not looked for
    return [];
  }
  const isComparison = /^_[<>=!]=?_$/.test(operatorOf(tree) ?? '');
  const told = isComparison ? /(?:is not )?([<>=!]=? \S+)$/.exec(reason)?.[1] : undefined;
  const paths = pathsOf(tree).filter(([root = '']) => candidateRoots.has(root));
  return paths.map((path, index) => ({
    path,
    text: index === 0 && expression.trimStart().startsWith(path[0] ?? '') ? (told ?? null) : null,
  }));
}

function figureAt(record: VersionRecord, path: Path): Figure | undefined {
  const found = path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? (value as Readonly<Record<string, unknown>>)[name]
        : undefined,
    rootsOfRecord(record),
  );
  return typeof found === 'number' || found === null || typeof found === 'string' ? (found as Figure) : undefined;
}

const keyOf = (path: Path) => path.join('\u0000');

function uniquePaths(paths: readonly Path[]): readonly Path[] {
  return [...new Map(paths.map((path) => [keyOf(path), path])).values()];
}

/** Every figure of the candidate, those that matter most first: what gates name, headlines, latency, size, the rest. */
function rankedPaths(record: VersionRecord, gates: readonly GateResult[]): readonly Path[] {
  const { metrics, bias, performance } = record.evaluation;
  const gated = gates.flatMap(thresholdsOf).map(({ path }) => path);
  const known = headlines.filter((name) => Object.hasOwn(metrics, name));
  const usual = (known.length > 0 ? known : Object.keys(metrics).slice(0, 4)).slice(0, 4);
  const latency = Object.hasOwn(performance, 'p95Ms') ? [['performance', 'p95Ms']] : [];
  const groups = Object.entries(bias).flatMap(([column, measures]) =>
    Object.keys(measures).map((measure) => ['fairness', column, measure]),
  );
  return uniquePaths([
    ...gated,
    ...usual.map((name) => ['metrics', name]),
    ...latency,
    ['model', 'sizeBytes'],
    ...Object.keys(metrics).map((name) => ['metrics', name]),
    ...groups,
    ...Object.keys(performance).map((name) => ['performance', name]),
  ]).filter((path) => figureAt(record, path) !== undefined);
}

function labelOf([root, ...names]: Path): Sentence {
  if (root === 'model') return names[0] === 'sizeBytes' ? 'size' : `model ${names.join('.')}`;
  const [first = '', second] = names.map((name) => cutText(name, 80));
  if (root === 'fairness') return [{ code: second ?? first }, ` by `, { code: first }];
  if (root === 'performance' && /^p\d+Ms$/.test(first)) return `${first.slice(0, -2)} latency`;
  return root === 'reported' ? [{ code: first }, ', reported'] : { code: first };
}

function shownFigure([root, name = '']: Path, figure: Figure | undefined): string {
  if (root === 'model' && name === 'sizeBytes' && typeof figure === 'number') return bytesText(figure);
  if (root === 'performance' && name.endsWith('Ms') && typeof figure === 'number') return `${figureText(figure)} ms`;
  return cutText(figureText(figure), 40);
}

/** Fairlearn's ratios are best at 1, its differences at 0. */
function biasJudgement(measure: string, a: Figure, b: Figure): 'better' | 'worse' | 'unknown' {
  const isRatio = measure.endsWith('_ratio');
  if (typeof a !== 'number' || typeof b !== 'number' || a === b || !/_(ratio|difference)$/.test(measure))
    return 'unknown';
  return isRatio === b > a ? 'better' : 'worse';
}

function judgementOf(path: Path, a: VersionRecord, b: VersionRecord) {
  const [one, two] = [figureAt(a, path) ?? null, figureAt(b, path) ?? null];
  const [root, name = '', measure = ''] = path;
  if (root === 'fairness') return biasJudgement(measure, one, two);
  if (root !== 'metrics') return 'unknown';
  return compareMetrics(name, one, two, { a: a.data.test?.rows ?? null, b: b.data.test?.rows ?? null });
}

/** `better by 0.007`, never up or down: which way is good the reader need not know. */
function comparedText(path: Path, champion: VersionRecord, candidate: VersionRecord): string {
  const [before, after] = [figureAt(champion, path), figureAt(candidate, path)];
  if (typeof before === 'number' && before === after) return 'the same';
  const judgement = judgementOf(path, champion, candidate);
  if (judgement === 'within-noise') return 'within noise';
  if (judgement === 'unknown') return '';
  const difference = Number(after) - Number(before);
  return `${judgement} by ${figureText(Math.abs(difference))}`;
}

type Thresholds = ReadonlyMap<string, string>;

function rowOf(path: Path, view: PromotionView, thresholds: Thresholds): readonly Sentence[] {
  const { candidate, champion } = view;
  const figure = shownFigure(path, figureAt(candidate.record, path));
  const asked = thresholds.size === 0 ? [] : [thresholds.get(keyOf(path)) ?? ''];
  if (champion === null) return [labelOf(path), figure, ...asked];
  const compared = comparedText(path, champion.record, candidate.record);
  const shown = compared.startsWith('better') ? { strong: figure } : figure;
  return [labelOf(path), shownFigure(path, figureAt(champion.record, path)), shown, compared, ...asked];
}

function columnsOf({ candidate, champion }: PromotionView, thresholds: Thresholds): readonly TableColumn[] {
  const right = 'right' as const;
  const beside = champion === null ? [] : [{ title: `${champion.version} (now)`, align: right }];
  const compared = champion === null ? [] : [{ title: '' }];
  const asked = thresholds.size === 0 ? [] : [{ title: 'Gate' }];
  return [{ title: '' }, ...beside, { title: candidate.version, align: right }, ...compared, ...asked];
}

function remarksOf({ candidate, champion }: PromotionView): readonly string[] {
  const [now, next] = [champion?.record, candidate.record];
  const [before, after] = [now?.data.test?.sha256, next.data.test?.sha256];
  return [
    ...(before !== undefined && after !== undefined && before !== after
      ? ['The two were judged on different test data.']
      : []),
    ...(next.evaluation.source === 'reported'
      ? [`The figures of ${candidate.version} were reported, not computed.`]
      : []),
  ];
}

export interface FigureBlocks {
  readonly open: readonly Block[];
  readonly folded: readonly Block[];
}

/** The candidate beside what is wanted now; without such a version one column. The rest is folded. */
export function figureBlocks(view: PromotionView): FigureBlocks {
  const paths = rankedPaths(view.candidate.record, view.gates);
  const named = view.gates.flatMap(thresholdsOf);
  const thresholds = new Map(named.flatMap(({ path, text }) => (text === null ? [] : [[keyOf(path), text]])));
  const columns = columnsOf(view, thresholds);
  const table = (some: readonly Path[]): Block => ({
    kind: 'table',
    columns,
    rows: some.map((path) => rowOf(path, view, thresholds)),
  });
  const rest = paths.slice(openRows);
  const title = `${counted(rest.length, 'more figure')}`;
  const remarks = remarksOf(view);
  return {
    open: [
      table(paths.slice(0, openRows)),
      ...(remarks.length === 0 ? [] : [{ kind: 'paragraph', text: remarks.join(' ') } as const]),
    ],
    folded: rest.length === 0 ? [] : [{ kind: 'details', title, blocks: [table(rest)] }],
  };
}
