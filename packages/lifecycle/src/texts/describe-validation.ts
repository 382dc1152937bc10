import type { DataDocument, ExpectationResult, ValidateDocument } from '../documents.ts';
import { counted, countText, figureText, percentText } from './figures.ts';
import { type Annotation, type Block, type Case, markOf, type Report, type Sentence } from './report.ts';

type Kwargs = Readonly<Record<string, unknown>>;

function valueText(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** What was asked, in the words of the type: `column values to be between`. */
function questionText(type: string): string {
  return type.replace(/^expect_/, '').replaceAll('_', ' ');
}

function subjectOf(kwargs: Kwargs): string {
  const names = ['column', 'column_A', 'column_B'].flatMap((key) =>
    typeof kwargs[key] === 'string' ? [kwargs[key]] : [],
  );
  const list = Array.isArray(kwargs.column_list) ? kwargs.column_list.map(String) : [];
  return [...names, ...list].join(', ');
}

function limitsText(kwargs: Kwargs): string {
  const skipped = new Set(['column', 'column_A', 'column_B', 'column_list', 'batch_id']);
  return Object.entries(kwargs)
    .filter(([key, value]) => !skipped.has(key) && value !== null && value !== undefined)
    .map(([key, value]) => `${key} ${valueText(value)}`)
    .join(', ');
}

/** What was found, as far as the result says it. */
function foundText({ result, exception_info: raised }: ExpectationResult): string {
  if (raised.raised_exception) return `not judged: ${raised.exception_message ?? 'it raised'}`;
  const { observed_value: observed, unexpected_count: count, unexpected_percent: percent } = result;
  if (typeof count === 'number') {
    const share = typeof percent === 'number' ? ` (${percentText(percent)})` : '';
    return `${countText(count)} unexpected${share}`;
  }
  if (typeof observed === 'number') return figureText(observed);
  return observed === undefined ? '' : valueText(observed);
}

function nameOf({ expectation_config: { type, kwargs } }: ExpectationResult): string {
  const subject = subjectOf(kwargs);
  return subject === '' ? questionText(type) : `${subject}: ${questionText(type)}`;
}

function rowOf(result: ExpectationResult): readonly Sentence[] {
  const { expectation_config: config, position, success } = result;
  const isWarning = config.severity !== 'critical';
  return [
    [{ mark: success ? 'pass' : isWarning ? 'warning' : 'fail' }],
    subjectOf(config.kwargs) === '' ? 'table' : { code: subjectOf(config.kwargs) },
    questionText(config.type),
    limitsText(config.kwargs),
    foundText(result),
    config.severity === 'critical' ? '' : config.severity,
    position === undefined ? '' : { place: position },
  ];
}

const columns = [
  { title: '' },
  { title: 'Column' },
  { title: 'Expected' },
  { title: 'With' },
  { title: 'Found' },
  { title: '' },
  { title: '' },
] as const;

function tableOf(results: readonly ExpectationResult[]): Block {
  return { kind: 'table', columns, rows: results.map(rowOf) };
}

const noRows = 'there are no rows to judge';

function verdictOf(result: ExpectationResult, table: ValidateDocument['outcome']): Pick<Case, 'outcome' | 'message'> {
  if (result.success && table === 'inconclusive') return { outcome: 'inconclusive', message: noRows };
  const message = foundText(result);
  if (result.success) return { outcome: 'pass', message };
  return { outcome: result.exception_info.raised_exception ? 'inconclusive' : 'fail', message };
}

function casesOf({ results, suite_name, outcome }: ValidateDocument, group: string): Case[] {
  return results.map((result) => ({
    name: nameOf(result),
    group: `${group}${suite_name === null ? '' : `.${suite_name}`}`,
    ...verdictOf(result, outcome),
  }));
}

function annotationsOf({ results }: ValidateDocument, where: string): Annotation[] {
  return results
    .filter(({ success }) => !success)
    .map((result) => ({
      level:
        result.expectation_config.severity === 'critical'
          ? 'error'
          : result.expectation_config.severity === 'warning'
            ? 'warning'
            : 'notice',
      title: `${where}: ${nameOf(result)}`,
      message: `Found ${foundText(result)}${limitsText(result.expectation_config.kwargs) === '' ? '' : `; expected with ${limitsText(result.expectation_config.kwargs)}`}.`,
      ...result.position,
    }));
}

function resultBlocks(document: ValidateDocument): Block[] {
  const failed = document.results.filter(({ success }) => !success);
  const passed = document.results.filter(({ success }) => success);
  const blocks: Block[] = failed.length > 0 ? [tableOf(failed)] : [];
  if (passed.length > 0)
    blocks.push({ kind: 'details', title: `${counted(passed.length, 'expectation')} met`, blocks: [tableOf(passed)] });
  return blocks;
}

function profileBlock({ profile }: ValidateDocument): Block {
  const rows = profile.columns.map(({ name, type, missing, distinct, min, max, mean }): readonly Sentence[] => [
    { code: name },
    type,
    countText(missing),
    countText(distinct),
    typeof min === 'string' ? valueText(min) : figureText(min),
    typeof max === 'string' ? valueText(max) : figureText(max),
    figureText(mean),
  ]);
  const right = 'right';
  return {
    kind: 'table',
    columns: [
      { title: 'Column' },
      { title: 'Type' },
      { title: 'Missing', align: right },
      { title: 'Distinct', align: right },
      { title: 'Least', align: right },
      { title: 'Greatest', align: right },
      { title: 'Mean', align: right },
    ],
    rows,
  };
}

function verdictText({ statistics, outcome }: ValidateDocument): string {
  const { evaluated_expectations: all, unsuccessful_expectations: unmet } = statistics;
  if (all === 0) return 'no expectation was asked';
  if (outcome === 'inconclusive') return `${noRows}, so ${all} expectations say nothing`;
  if (unmet === 0) return `all ${all} expectations met`;
  return `${unmet} of ${all} expectations not met${outcome === 'pass' ? ', none of the severity that fails' : ''}`;
}

/** A table that was validated by itself: `model-gitops validate`. */
export function describeTable(document: ValidateDocument, where: string): Report {
  const { profile, results } = document;
  const size = `${counted(profile.rows, 'row')}, ${counted(profile.columns.length, 'column')}`;
  const isProfile = document.suite_name === null && results.length === 0;
  const blocks = isProfile
    ? [profileBlock(document)]
    : [...resultBlocks(document), { kind: 'details', title: 'Profile', blocks: [profileBlock(document)] } as const];
  return {
    outcome: document.outcome,
    headline: isProfile
      ? [{ strong: where }, `: ${size}`]
      : [markOf(document.outcome), ' ', { strong: where }, `: ${verdictText(document)} in ${size}`],
    blocks,
    cases: casesOf(document, where),
    annotations: annotationsOf(document, where),
  };
}

function datasetBlocks({ name, path, validation }: DataDocument['datasets'][number]): Block[] {
  const line: Sentence = [
    markOf(validation.outcome),
    ' ',
    { strong: name },
    ` (`,
    { code: path },
    `): ${verdictText(validation)} in ${counted(validation.profile.rows, 'row')}`,
  ];
  return [{ kind: 'paragraph', text: line }, ...resultBlocks(validation)];
}

function headlineOf({ model, outcome, datasets }: DataDocument): Sentence {
  const unmet = datasets.reduce((sum, { validation }) => sum + validation.statistics.unsuccessful_expectations, 0);
  const all = datasets.reduce((sum, { validation }) => sum + validation.statistics.evaluated_expectations, 0);
  const met = unmet === 0 ? `all ${all} expectations met` : `${unmet} of ${all} expectations not met`;
  const verdict = all === 0 ? 'no expectation was asked' : outcome === 'inconclusive' ? noRows : met;
  return [markOf(outcome), ' ', { strong: model }, `: data, ${verdict}`];
}

/** The datasets of a model: action `validate-data`. */
export function describeValidation(document: DataDocument): Report {
  return {
    outcome: document.outcome,
    headline: headlineOf(document),
    blocks: document.datasets.flatMap(datasetBlocks),
    cases: document.datasets.flatMap(({ name, validation }) => casesOf(validation, `${document.model}.${name}`)),
    annotations: document.datasets.flatMap(({ name, validation }) =>
      annotationsOf(validation, `${document.model} ${name}`),
    ),
  };
}
