import type { VersionRecord } from '@model-gitops/registry';
import type { AtDocument, HistoryDocument, ListDocument, PullDocument, ShowDocument } from '../registry/documents.ts';
import { bytesText, counted, countText, figureText, shortDigest } from './figures.ts';
import { type Block, markOf, type Report, type Sentence, type TableColumn } from './report.ts';

const plain = { cases: [], annotations: [] } as const;

function titled(...titles: readonly string[]): readonly TableColumn[] {
  return titles.map((title) => ({ title }));
}

function notesBlocks(notes: readonly string[]): Block[] {
  return notes.length === 0 ? [] : [{ kind: 'list', items: notes }];
}

type Environments = ListDocument['models'][number]['environments'];

/** Wanted, and live where deployments were recorded: a difference is never silent. */
function environmentText({ wanted, live }: Environments[string]): string {
  if (live === null || live === wanted) return wanted ?? 'nothing';
  return `${wanted ?? 'nothing'} wanted, ${live} live`;
}

function dayText(time: string): string {
  return time.slice(0, 16).replace('T', ' ');
}

function modelsBlock({ models }: ListDocument): Block {
  const names = [...new Set(models.flatMap(({ environments }) => Object.keys(environments)))];
  const rows = models.map(({ model, versions, environments }): readonly Sentence[] => [
    { strong: model },
    versions.at(-1)?.version ?? '',
    countText(versions.length),
    ...names.map((name) => (environments[name] === undefined ? '–' : environmentText(environments[name]))),
  ]);
  return { kind: 'table', columns: titled('Model', 'Newest', 'Versions', ...names), rows };
}

/** The metrics that a version list shows: those that are there, the usual ones first. */
function shownMetrics(versions: ListDocument['models'][number]['versions']): readonly string[] {
  const usual = ['accuracy', 'f1_macro', 'roc_auc', 'f1', 'rmse', 'r2', 'mae'];
  return usual.filter((name) => versions.some(({ metrics }) => typeof metrics[name] === 'number')).slice(0, 3);
}

function versionsBlock({ versions, environments }: ListDocument['models'][number]): Block {
  const metrics = shownMetrics(versions);
  const rows = versions
    .toReversed()
    .map(({ version, registeredAt, digest, state, metrics: figures }): readonly Sentence[] => [
      { strong: version },
      dayText(registeredAt),
      { code: shortDigest(digest) },
      ...metrics.map((name) => figureText(figures[name])),
      [
        ...Object.entries(environments)
          .filter(([, environment]) => environment.wanted === version)
          .map(([name]) => name),
        ...(state === 'archived' ? ['archived'] : []),
      ].join(', '),
    ]);
  return { kind: 'table', columns: titled('Version', 'Registered (UTC)', 'Digest', ...metrics, 'Wanted in'), rows };
}

/** Verb `ls`. */
export function describeList(document: ListDocument, model: string | null): Report {
  const { models, notes, outcome } = document;
  const [only] = models;
  if (only === undefined) {
    const text = 'No model is registered here yet. "model-gitops register <model>" makes the first version.';
    return { ...plain, outcome, headline: text, blocks: notesBlocks(notes) };
  }
  if (model !== null) {
    const headline: Sentence = [{ strong: only.model }, `: ${counted(only.versions.length, 'version')}`];
    return { ...plain, outcome, headline, blocks: [versionsBlock(only), ...notesBlocks(notes)] };
  }
  return {
    ...plain,
    outcome,
    headline: counted(models.length, 'model'),
    blocks: [modelsBlock(document), ...notesBlocks(notes)],
  };
}

function originRows({
  training,
  registered,
  data,
  features,
  lineage,
  owner,
  description,
  intendedUse,
  license,
  scan,
}: VersionRecord): readonly (readonly Sentence[])[] {
  const known: readonly (readonly [string, string | null])[] = [
    ['Description', description],
    ['Intended use', intendedUse],
    ['Owner', owner],
    ['License', license],
    ['Trained by', training.command],
    [
      'Training commit',
      training.commit === null
        ? null
        : `${training.commit.slice(0, 12)}${training.dirty ? ', working tree differed' : ''}`,
    ],
    ['Registered at', registered.commit.slice(0, 12)],
    ['Run', training.run],
    [
      'Parameters',
      Object.entries(training.parameters)
        .map(([name, value]) => `${name}=${value}`)
        .join(' ') || null,
    ],
    [
      'Data',
      Object.entries(data)
        .map(
          ([name, { sha256, rows }]) =>
            `${name} ${shortDigest(sha256)}${rows === null ? '' : ` (${countText(rows)} rows)`}`,
        )
        .join(', ') || null,
    ],
    ['Features', features.columns.join(', ') || null],
    ['Environment', training.environment.runtime],
    ['Scan', scan === null ? null : `${scan.verdict} (${scan.scanner})`],
    ['Parent', lineage.parent],
  ];
  return known.flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
}

function recordBlocks(record: VersionRecord): Block[] {
  const { evaluation, artifacts } = record;
  const right = 'right' as const;
  const gates: Block = {
    kind: 'table',
    columns: titled('', 'Gate', 'Found'),
    rows: evaluation.gates.map(({ if: expression, passed, state, reason }) => [
      { mark: passed ? 'pass' : state === 'not-applicable' ? 'not-applicable' : 'fail' },
      { code: expression },
      reason,
    ]),
  };
  const metrics: Block = {
    kind: 'table',
    columns: [{ title: 'Metric' }, { title: evaluation.source, align: right }],
    rows: Object.entries(evaluation.metrics).map(([name, figure]) => [{ code: name }, figureText(figure)]),
  };
  return [
    {
      kind: 'table',
      columns: titled('', ''),
      rows: originRows(record).map(([name = '', value = '']) => [name, value]),
    },
    {
      kind: 'table',
      columns: titled('Artifact', 'Format', 'Size', 'sha256'),
      rows: artifacts.map(({ name, format, size, sha256 }) => [
        { code: name },
        format,
        bytesText(size),
        { code: shortDigest(sha256) },
      ]),
    },
    ...(evaluation.gates.length > 0 ? [gates] : []),
    ...(Object.keys(evaluation.metrics).length > 0
      ? [{ kind: 'details', title: 'Metrics', blocks: [metrics] } as const]
      : []),
  ];
}

/** Verb `show`. */
export function describeVersion({
  model,
  version,
  tag,
  state,
  environments,
  record,
  notes,
  outcome,
}: ShowDocument): Report {
  const where = environments.length > 0 ? `, wanted in ${environments.join(' and ')}` : ', wanted nowhere';
  return {
    ...plain,
    outcome,
    headline: [
      { strong: `${model} ${version}` },
      ` (`,
      { code: tag },
      `)${state === 'archived' ? ', archived' : where}`,
    ],
    blocks: [...recordBlocks(record), ...notesBlocks(notes)],
  };
}

/** Verb `history`. */
export function describeHistory({ model, entries, notes, outcome }: HistoryDocument): Report {
  const rows = entries.map(({ at, environment, version, from, kind, commit, approvedBy }): readonly Sentence[] => [
    dayText(at),
    environment,
    kind,
    version ?? 'nothing',
    from ?? '–',
    commit === null ? 'by policy' : { code: commit.slice(0, 12) },
    approvedBy.length > 0 ? approvedBy.join(', ') : kind === 'assign' ? '–' : 'unknown',
  ]);
  return {
    ...plain,
    outcome,
    headline: [{ strong: model }, `: ${counted(entries.length, 'decision')}`],
    blocks: [
      {
        kind: 'table',
        columns: titled('When (UTC)', 'Environment', 'What', 'Version', 'From', 'Commit', 'Approved by'),
        rows,
      },
      ...notesBlocks(notes),
    ],
  };
}

/** Verb `at`. */
export function describeAt({ time, models, notes, outcome }: AtDocument): Report {
  const rows = Object.entries(models).flatMap(([model, environments]) =>
    Object.entries(environments).map(([environment, { wanted, live, data, code, approvedBy }]): readonly Sentence[] => [
      { strong: model },
      environment,
      wanted ?? 'nothing',
      live ?? 'not recorded',
      code === null ? '–' : { code: code.slice(0, 12) },
      Object.entries(data)
        .map(([name, digest]) => `${name} ${shortDigest(digest)}`)
        .join(', '),
      approvedBy === null ? 'unknown' : approvedBy.join(', '),
    ]),
  );
  return {
    ...plain,
    outcome,
    headline: rows.length === 0 ? `Nothing was wanted anywhere at ${time}` : `At ${time}`,
    blocks: [
      ...(rows.length > 0
        ? [
            {
              kind: 'table',
              columns: titled('Model', 'Environment', 'Wanted', 'Live', 'Code', 'Data', 'Approved by'),
              rows,
            } as const,
          ]
        : []),
      ...notesBlocks(notes),
    ],
  };
}

/** Verb `pull`, action `fetch-model`. */
export function describePull({ model, version, files, outcome, notes }: PullDocument): Report {
  return {
    outcome,
    headline: [markOf(outcome), ' ', { strong: `${model} ${version}` }, ': bytes verified against their digest'],
    blocks: [
      {
        kind: 'table',
        columns: titled('File', 'Size', 'sha256'),
        rows: files.map(({ path, size, sha256 }) => [{ code: path }, bytesText(size), { code: shortDigest(sha256) }]),
      },
      ...notesBlocks(notes),
    ],
    cases: [{ name: 'pull', group: model, outcome }],
    annotations: [],
  };
}
