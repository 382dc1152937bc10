import type { VersionRecord } from '@model-gitops/registry';
import type { PromotionView } from '../reconcile/types.ts';
import { differencesOf } from '../registry/compare-versions.ts';
import { counted, countText, shortDigest } from './figures.ts';
import type { Block, Inline, Sentence } from './report.ts';
import { cutText, joined, listed } from './sentences.ts';

const shortCommit = (commit: string) => commit.slice(0, 10);

function commitText(commit: string, repositoryUrl: string | null): Inline {
  return repositoryUrl === null
    ? { code: shortCommit(commit) }
    : { link: `${repositoryUrl}/commit/${commit}`, text: shortCommit(commit) };
}

/** A run of this forge, as records name it: `<owner>/<repository>/actions/runs/<id>`. */
function workflowRunText(run: string, repositoryUrl: string | null): Inline {
  const server = /^https?:\/\/[^/]+/.exec(repositoryUrl ?? '')?.[0];
  const [, number] = /^[\w.-]+\/[\w.-]+\/actions\/runs\/(\d+)$/.exec(run) ?? [];
  return server === undefined || number === undefined
    ? { code: cutText(run, 100) }
    : { link: `${server}/${run}`, text: `run ${number}` };
}

function featureItems(now: VersionRecord, next: VersionRecord): readonly Sentence[] {
  const [before, after] = [now.features.columns, next.features.columns];
  const added = after.filter((name) => !before.includes(name));
  const removed = before.filter((name) => !after.includes(name));
  const isSameSet = added.length + removed.length === 0;
  return [
    ...(added.length === 0 ? [] : [['new features: ', ...listed(added)]]),
    ...(removed.length === 0 ? [] : [['features left out: ', ...listed(removed)]]),
    ...(isSameSet && now.features.definition !== next.features.definition ? ['the same features, computed anew'] : []),
  ];
}

function rowsText(before: number | null | undefined, after: number | null | undefined): string {
  if (before == null || after == null) return after == null ? '' : `, ${counted(after, 'row')}`;
  const difference = after - before;
  if (difference === 0) return `, ${counted(after, 'row')} as before`;
  return `, ${counted(after, 'row')} (${difference > 0 ? '+' : '−'}${countText(Math.abs(difference))})`;
}

interface Dataset {
  readonly sha256: string;
  readonly rows: number | null;
}

function dataItems(now: VersionRecord, next: VersionRecord): readonly Sentence[] {
  return Object.entries(differencesOf(now, next).data).map(([name, { a, b }]): Sentence => {
    const [before, after] = [a as Dataset | null, b as Dataset | null];
    const label = { code: cutText(name, 60) };
    if (after === null) return ['data ', label, ' is no longer used'];
    const was: readonly Inline[] = before === null ? [', new'] : [', was ', { code: shortDigest(before.sha256) }];
    return ['data ', label, ' ', { code: shortDigest(after.sha256) }, ...was, rowsText(before?.rows, after.rows)];
  });
}

function codeItems(now: VersionRecord, next: VersionRecord): readonly Sentence[] {
  const locks = (record: VersionRecord) =>
    new Map(record.training.environment.locks.map((lock) => [lock.path, lock.sha256]));
  const [before, after] = [locks(now), locks(next)];
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (path) => before.get(path) !== after.get(path),
  );
  return [
    ...(now.training.code === next.training.code ? [] : ['the training code']),
    ...(now.training.command === next.training.command ? [] : ['the training command']),
    ...(changed.length === 0 ? [] : [['dependencies: ', ...listed(changed)]]),
  ];
}

function valueText(value: unknown): string {
  return value === null ? 'unset' : cutText(typeof value === 'string' ? value : JSON.stringify(value), 60);
}

function parameterItems(now: VersionRecord, next: VersionRecord): readonly Sentence[] {
  const different = Object.entries(differencesOf(now, next).parameters);
  const shown = different
    .slice(0, 12)
    .map(
      ([name, { a, b }]): Sentence => ['parameter ', { code: cutText(name, 60) }, ` ${valueText(a)} → ${valueText(b)}`],
    );
  const rest = different.length - shown.length;
  return rest > 0 ? [...shown, `${counted(rest, 'more parameter')}`] : shown;
}

/** What the candidate is made from that the champion is not, with the commits between. */
export function changeBlocks({ candidate, champion, purpose, repositoryUrl }: PromotionView): readonly Block[] {
  if (champion === null) return [];
  const [now, next] = [champion.record, candidate.record];
  const items = [
    ...featureItems(now, next),
    ...dataItems(now, next),
    ...codeItems(now, next),
    ...parameterItems(now, next),
  ];
  const [from, to] = [now.registered.commit, next.registered.commit];
  const commits: readonly Inline[] =
    from === to || repositoryUrl === null
      ? []
      : [' (', { link: `${repositoryUrl}/compare/${from}...${to}`, text: 'all commits between' }, ')'];
  const title = purpose === 'rollback' ? 'What differs from' : 'What changed since';
  const intro: Sentence = [{ strong: `${title} ${champion.version}` }, ...commits];
  return items.length === 0
    ? [{ kind: 'paragraph', text: [...intro, ': nothing of data, features, code and parameters'] }]
    : [
        { kind: 'paragraph', text: [...intro, ':'] },
        { kind: 'list', items },
      ];
}

/** Where the bytes come from: each step of the way can be looked up. */
export function originBlocks({ candidate, repositoryUrl }: PromotionView): readonly Block[] {
  const { record } = candidate;
  const { training, registered, lineage, data, artifacts } = record;
  const run = lineage.workflowRun ?? training.run ?? registered.run;
  const commit = training.commit ?? registered.commit;
  const dirty = training.dirty ? [', and changes that no commit has'] : [];
  const datasets = Object.entries(data).map(
    ([name, { sha256, rows }]): Sentence => [
      `${cutText(name, 60)} `,
      { code: shortDigest(sha256) },
      rows === null ? '' : ` (${counted(rows, 'row')})`,
    ],
  );
  const files = artifacts.map(
    ({ name, sha256 }): Sentence => [{ code: cutText(name, 100) }, ' sha256 ', { code: shortDigest(sha256) }],
  );
  const rows: readonly (readonly Sentence[])[] = [
    ...(run === null ? [] : [['Trained by', workflowRunText(run, repositoryUrl)]]),
    ['From commit', [commitText(commit, repositoryUrl), ...dirty]],
    ...(datasets.length === 0 ? [] : [['Data', joined(datasets, ' · ')]]),
    ['Artifact', joined(files, ' · ')],
    ...(record.scan === null ? [] : [['Scan', record.scan.verdict]]),
  ];
  return [{ kind: 'table', columns: [{ title: `${record.model} ${candidate.version}` }, { title: '' }], rows }];
}

/** The same way as a picture: data, training, version, environments. */
export function diagramBlock({ candidate, target, purpose }: PromotionView): Block {
  const { record, version } = candidate;
  const train = record.data.train ?? record.data.test;
  const commit = record.training.commit ?? record.registered.commit;
  const { after } = target.policy;
  const boxes = [
    ['data', train === undefined ? 'not recorded' : `sha256 ${shortDigest(train.sha256)}`],
    [record.training.run === null ? 'registered' : 'training', `commit ${shortCommit(commit)}`],
    [`${record.model} ${version}`],
    ...(after === undefined || purpose !== 'promote' ? [] : [[after]]),
    [target.environment],
  ];
  const last = boxes.length - 1;
  const arrows = boxes
    .slice(1)
    .map((_, index) => ({ from: index, to: index + 1, ...(index + 1 === last ? { label: 'this pull request' } : {}) }));
  return { kind: 'diagram', boxes, arrows };
}
