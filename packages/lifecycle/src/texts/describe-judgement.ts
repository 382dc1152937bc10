import type { CheckLine, Judgement } from '../reconcile/types.ts';
import type { Block, Inline, Mark } from './report.ts';

const titles: Readonly<Record<CheckLine['name'], string>> = {
  paths: 'Files',
  origin: 'Origin',
  version: 'Version',
  stale: 'Up to date',
  gates: 'Gates',
  after: 'Order',
  soak: 'Soak',
  'four-eyes': 'Review',
};

const marks: Readonly<Record<CheckLine['state'], Mark>> = { pass: 'pass', fail: 'fail', waiting: 'waiting' };

export function markOfState(state: CheckLine['state']): Inline {
  return { mark: marks[state] };
}

const namesOf = (judgement: Judgement, wanted: CheckLine['state']) =>
  judgement.lines
    .filter(({ state }) => state === wanted)
    .map(({ name }) => (name === 'stale' ? 'out of date' : titles[name].toLowerCase()))
    .join(', ');

/** What is missing to merge, in one line of our own words: nothing that people or data wrote. */
export function missingText(judgement: Judgement): string {
  const [refused, waiting] = [namesOf(judgement, 'fail'), namesOf(judgement, 'waiting')];
  if (judgement.outcome === 'pass') return 'Ready to merge';
  if (judgement.outcome === 'waiting') return `Waiting for ${waiting}`;
  return `Refused: ${refused}${waiting === '' ? '' : `; waiting for ${waiting}`}`;
}

function answerText(judgement: Judgement): string {
  const [refused, waiting] = [namesOf(judgement, 'fail'), namesOf(judgement, 'waiting')];
  if (judgement.outcome === 'pass') return 'Yes';
  return judgement.outcome === 'waiting' ? `Not yet: ${waiting}` : `No: ${refused}`;
}

/** Each rule with its mark and its sentence. */
export function judgementTable(judgement: Judgement): Block {
  return {
    kind: 'table',
    columns: [{ title: 'Ready to merge?' }, { title: answerText(judgement) }],
    rows: judgement.lines.map(({ name, state, text }) => [[markOfState(state), ` ${titles[name]}`], text]),
  };
}
