import type { FairnessOfColumn, Interval, Scores } from '../../documents.ts';
import type { Cell } from '../../ports/index.ts';
import { drawingsFor, noDrawingsNote } from './drawings.ts';
import { type Figures, settle } from './entries.ts';
import { fairnessIntervals } from './fairness-intervals.ts';
import { betweenEntries, type MeasuredGroups, namedGaps, overallEntries } from './gap-entries.ts';
import { measureGroup } from './group-measures.ts';
import { aif360Entries, privilegedPart } from './privileged.ts';
import { pickRows, type ScoredTable } from './rows.ts';
import { mostGroups, notesOfParts, type Part, partsOf, tooManyNote } from './slices.ts';

export interface FairnessRequest {
  readonly sensitive: Readonly<Record<string, readonly Cell[]>>;
  readonly privileged: Readonly<Record<string, string>>;
  readonly seed: number;
}

interface ScoredColumn {
  readonly fairness: FairnessOfColumn;
  readonly intervals: Readonly<Record<string, Interval>>;
  readonly notes: Readonly<Record<string, string>>;
}

function groupFigures(table: ScoredTable, parts: readonly Part[], path: string) {
  const entries = parts.map(({ rows }) => measureGroup(pickRows(table, rows)));
  const settled = parts.map(({ name }, index) => settle(entries[index] ?? [], `${path}.byGroup.${name}`));
  const byGroup = parts.map(({ name, rows }, index) => [name, { count: rows.length, ...settled[index]?.figures }]);
  const measured = measureGroup(table).map(
    ({ name, value }): MeasuredGroups => ({
      name,
      overall: value,
      values: entries.map((ofGroup) => ofGroup.find((entry) => entry.name === name)?.value ?? Number.NaN),
    }),
  );
  const notes: Figures['notes'] = Object.assign({}, ...settled.map((one) => one.notes));
  return { byGroup: Object.fromEntries(byGroup) as FairnessOfColumn['byGroup'], measured, notes };
}

const nothing = { difference: Number.NaN, ratio: Number.NaN };

/** One group is even with itself: a gap of 0 would pass every gate, and nothing was compared. */
function oneGroup(table: ScoredTable, path: string): Figures {
  const note = 'undefined: the rows are of one group, so nothing is compared';
  const entries = table.task === 'binary' ? namedGaps(() => nothing).map((entry) => ({ ...entry, note })) : [];
  const { figures, notes } = settle(entries, path);
  return { figures, notes: { ...notes, [path]: note } };
}

function scoreColumn(
  table: ScoredTable,
  column: string,
  groups: readonly Cell[],
  { privileged, seed }: FairnessRequest,
): ScoredColumn {
  const [parts, path] = [partsOf(groups), `fairness.${column}`];
  const { byGroup, measured, notes } = groupFigures(table, parts, path);
  const noted = { ...notesOfParts(parts, groups.length, `${path}.byGroup`), ...notes };
  const own = table.task === 'binary' ? privilegedPart(parts, column, privileged[column]) : undefined;
  if (parts.length < 2) {
    const { figures, notes: of } = oneGroup(table, path);
    return {
      fairness: { betweenGroups: figures, toOverall: {}, byGroup, aif360: {} },
      intervals: {},
      notes: { ...noted, ...of },
    };
  }
  const between = settle(betweenEntries(measured), path);
  const overall = settle(overallEntries(measured), `${path}.toOverall`);
  const aif360 = settle(own === undefined ? [] : aif360Entries(table, parts, own), `${path}.aif360`);
  const fairness = { betweenGroups: between.figures, toOverall: overall.figures, byGroup, aif360: aif360.figures };
  const drawings = drawingsFor(table.truth.length);
  const intervals =
    own === undefined || drawings === null
      ? {}
      : fairnessIntervals(table, fairness, { parts, privileged: own, drawings, seed });
  const ofPrivileged = own === undefined ? {} : { [`${path}.aif360`]: `compared with the group ${own.name}` };
  return {
    fairness,
    intervals: Object.fromEntries(Object.entries(intervals).map(([name, one]) => [`${path}.${name}`, one])),
    notes: { ...noted, ...between.notes, ...overall.notes, ...ofPrivileged, ...aif360.notes },
  };
}

/** How the figures differ over the groups of each sensitive column. */
export function scoreFairness(
  table: ScoredTable,
  request: FairnessRequest,
): Pick<Scores, 'fairness' | 'intervals' | 'notes'> {
  const [fairness, intervals, notes]: [
    Record<string, FairnessOfColumn>,
    Record<string, Interval>,
    Record<string, string>,
  ] = [{}, {}, {}];
  for (const [column, groups] of Object.entries(request.sensitive)) {
    const count = new Set(groups).size;
    if (count > mostGroups) {
      notes[`fairness.${column}`] = tooManyNote(count);
      continue;
    }
    const scored = scoreColumn(table, column, groups, request);
    fairness[column] = scored.fairness;
    Object.assign(intervals, scored.intervals);
    Object.assign(notes, scored.notes);
  }
  if (Object.keys(fairness).length > 0 && drawingsFor(table.truth.length) === null) notes.intervals = noDrawingsNote;
  return { fairness, intervals, notes };
}
