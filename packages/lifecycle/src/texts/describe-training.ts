import type { Figure, Run, TrainDocument } from '../documents.ts';
import { bytesText, counted, countText, figureText, secondsText, shortDigest } from './figures.ts';
import { type Block, markOf, type Report, type Sentence } from './report.ts';

function figuresBlock(figures: Readonly<Record<string, Figure>>): Block {
  return {
    kind: 'table',
    columns: [{ title: 'Said by the training script' }, { title: '', align: 'right' }],
    rows: Object.entries(figures).map(([name, figure]) => [{ code: name }, figureText(figure)]),
  };
}

function pairs(rows: readonly (readonly [string, Sentence])[]): Block {
  return { kind: 'table', columns: [{ title: '' }, { title: '' }], rows: rows.map(([name, value]) => [name, value]) };
}

function originBlock(run: Run): Block {
  const parameters = Object.entries(run.parameters).map(([name, value]) => `${name}=${value}`);
  const data = run.data.map(
    ({ name, sha256, rows }) =>
      `${name} ${shortDigest(sha256)}${rows === undefined ? '' : ` (${countText(rows)} rows)`}`,
  );
  const locks = run.environment.locks.map(({ path, sha256 }) => `${path} ${shortDigest(sha256)}`);
  return pairs([
    ['Command', { code: run.command }],
    ['Parameters', parameters.length === 0 ? 'none' : { code: parameters.join(' ') }],
    ['Seed', run.seed === null ? 'none' : String(run.seed)],
    ['Data', { code: data.join(', ') }],
    ['Code', { code: `${shortDigest(run.code.sha256)} (${counted(run.code.files, 'file')})` }],
    [
      'Commit',
      run.commit === null ? 'none' : { code: `${run.commit.slice(0, 12)}${run.dirty ? ', working tree differs' : ''}` },
    ],
    ['Environment', `${run.environment.runtime} on ${run.environment.platform}`],
    ['Locks', locks.length === 0 ? 'none named' : { code: locks.join(', ') }],
    ['Key', { code: shortDigest(run.key) }],
  ]);
}

function artifactsBlock({ artifacts }: Run): Block {
  return {
    kind: 'table',
    columns: [{ title: 'Artifact' }, { title: 'Format' }, { title: 'Size', align: 'right' }, { title: 'sha256' }],
    rows: artifacts.map(({ path, format, size, sha256 }) => [
      { code: path },
      format,
      bytesText(size),
      { code: shortDigest(sha256) },
    ]),
  };
}

function verdictOf({ run, reused, commandExitCode }: TrainDocument): string {
  if (run === null) return `the command failed with exit code ${commandExitCode ?? 'none'}`;
  return reused
    ? `reused ${run.id}: code, locks, parameters, data and features are the same`
    : `trained in ${secondsText(run.seconds)} as ${run.id}`;
}

function recordedLine({ recorded, notRecordedBecause }: TrainDocument): Block[] {
  if (recorded || notRecordedBecause === null) return [];
  return [{ kind: 'paragraph', text: [{ mark: 'warning' }, ` Not recorded: ${notRecordedBecause}`] }];
}

/** Action `train-model`, verbs `train` and `run`. */
export function describeTraining(document: TrainDocument): Report {
  const { model, outcome, run, lastLines = [] } = document;
  const figures = Object.keys(run?.metrics ?? {}).length > 0 ? [figuresBlock(run?.metrics ?? {})] : [];
  const blocks: Block[] =
    run === null
      ? []
      : [artifactsBlock(run), ...figures, { kind: 'details', title: 'Made from', blocks: [originBlock(run)] }];
  if (run === null && lastLines.length > 0)
    blocks.push({ kind: 'paragraph', text: 'Its last lines:' }, { kind: 'code', text: lastLines.join('\n') });
  const verdict = verdictOf(document);
  return {
    outcome,
    headline: [markOf(outcome), ' ', { strong: model }, `: ${verdict}`],
    blocks: [...recordedLine(document), ...blocks],
    cases: [{ name: 'train', group: model, outcome, message: verdict }],
    annotations:
      outcome === 'pass'
        ? []
        : [{ level: 'error', title: `${model}: training`, message: `${verdict}. ${lastLines.slice(-5).join(' / ')}` }],
  };
}
