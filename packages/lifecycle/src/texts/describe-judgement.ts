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

const namesOf = (lines: readonly CheckLine[]) => lines.map(({ name }) => titles[name].toLowerCase()).join(', ');

/** What is missing to merge, in one line of our own words: nothing that people or data wrote. */
export function missingText({ outcome, lines }: Judgement): string {
  const failed = lines.filter(({ state }) => state === 'fail');
  const waiting = lines.filter(({ state }) => state === 'waiting');
  if (outcome === 'pass') return 'Ready to merge';
  const refused = failed.length === 0 ? [] : [`Refused: ${namesOf(failed)}`];
  return [...refused, ...(waiting.length === 0 ? [] : [`Waiting for: ${namesOf(waiting)}`])].join('. ');
}

/** Each rule with its mark and its sentence. */
export function judgementTable(judgement: Judgement): Block {
  return {
    kind: 'table',
    columns: [{ title: 'Ready to merge?' }, { title: missingText(judgement) }],
    rows: judgement.lines.map(({ name, state, text }) => [[markOfState(state), ` ${titles[name]}`], text]),
  };
}
