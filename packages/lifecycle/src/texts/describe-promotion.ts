import type { GateResult } from '../documents.ts';
import type { PromotionView, Purpose, Target } from '../reconcile/types.ts';
import { judgementTable } from './describe-judgement.ts';
import { counted } from './figures.ts';
import { figureBlocks } from './promotion-figures.ts';
import { changeBlocks, diagramBlock, originBlocks } from './promotion-origin.ts';
import type { Block, Mark, Sentence } from './report.ts';
import { cutText } from './sentences.ts';

export interface TitleFacts {
  readonly target: Pick<Target, 'model' | 'environment'>;
  readonly purpose: Purpose;
  readonly version: string;
  /** What is wanted there now; null: nothing. */
  readonly from: string | null;
}

/** `Promote fraud 1.4.0 to production (from 1.3.0)`: names that our formats took, so nothing in it can call anybody. */
export function renderPromotionTitle({ target, purpose, version, from }: TitleFacts): string {
  const { model, environment } = target;
  if (purpose === 'archive') return `Archive ${model} ${version}`;
  const was = from === null ? 'the first there' : `from ${from}`;
  return purpose === 'rollback'
    ? `Roll back ${model} in ${environment} to ${version} (${was})`
    : `Promote ${model} ${version} to ${environment} (${was})`;
}

function firstSentence({ target, purpose, candidate, champion }: PromotionView): Sentence {
  const name = `${target.model} ${candidate.version}`;
  const refuse = '. To refuse, close it.';
  if (purpose === 'archive')
    return [{ strong: `Merging this archives ${name}` }, `: nobody can promote it any more${refuse}`];
  if (purpose === 'rollback')
    return [
      { strong: `Merging this takes ${target.environment} back to ${name}` },
      `${champion === null ? '' : ` from ${champion.version}`}; neither gates nor soak are asked${refuse}`,
    ];
  const place = champion === null ? ', the first version there' : `, in place of ${champion.version}`;
  return [{ strong: `Merging this puts ${name} into ${target.environment}` }, `${place}${refuse}`];
}

function gateMark({ state, level }: GateResult): Mark {
  if (state === 'passed' || state === 'not-applicable') return state === 'passed' ? 'pass' : 'not-applicable';
  return level === 'warn' ? 'warning' : 'fail';
}

function gateBlocks({ gates, purpose }: PromotionView): readonly Block[] {
  if (gates.length === 0 || purpose !== 'promote') return [];
  const table: Block = {
    kind: 'table',
    columns: [{ title: '' }, { title: 'Gate' }, { title: 'Found' }, { title: 'Written in' }],
    rows: gates.map((gate) => [
      { mark: gateMark(gate) },
      { code: cutText(gate.if, 300) },
      cutText(gate.reason, 300),
      gate.position === undefined ? '' : { place: gate.position },
    ]),
  };
  return [{ kind: 'details', title: `${counted(gates.length, 'gate')} of the default branch`, blocks: [table] }];
}

function cardBlocks({ candidate }: PromotionView): readonly Block[] {
  const { description, intendedUse, owner, license, tags } = candidate.record;
  const known: readonly (readonly [string, string | null])[] = [
    ['Description', description],
    ['Intended use', intendedUse],
    ['Owner', owner],
    ['License', license],
    ['Tags', tags.join(', ') || null],
  ];
  const items = known.flatMap(([name, text]): Sentence[] =>
    text === null ? [] : [[{ strong: name }, `: ${cutText(text, 2000)}`]],
  );
  return items.length === 0 ? [] : [{ kind: 'details', title: 'About the model', blocks: [{ kind: 'list', items }] }];
}

const separator = ' · ';

function rulesOf({ target, purpose, candidate, isHeld }: PromotionView): readonly Sentence[] {
  const { environment } = target;
  const moves: readonly Sentence[] =
    purpose !== 'promote'
      ? []
      : isHeld
        ? [['It is held: newer versions do not replace it. ', { code: '/unhold' }, ' lets them.']]
        : [
            [
              `A newer version that passes its gates replaces ${candidate.version} here. `,
              { code: '/hold' },
              ' stops that.',
            ],
          ];
  const again: Sentence =
    purpose === 'promote'
      ? [
          'Closed without a merge, it is not proposed again; ',
          { code: `/promote ${candidate.version} ${environment}` },
          ' does so.',
        ]
      : 'Closed without a merge, nothing changes.';
  return [
    ...moves,
    again,
    'An approval counts if it is of the newest commit, by a person who may write here, did not ask for this and wrote nothing of it. A new commit needs a new approval.',
  ];
}

function commandsOf({ purpose }: PromotionView): Sentence {
  const commands = purpose === 'promote' ? ['/hold', '/unhold', '/recheck', '/help'] : ['/recheck', '/help'];
  return [
    'Commands, as the first line of a comment: ',
    ...commands.flatMap((code, index) => [...(index > 0 ? [separator] : []), { code }]),
  ];
}

function rulesBlock(view: PromotionView): Block {
  return {
    kind: 'details',
    title: 'Rules and commands',
    blocks: [
      { kind: 'list', items: rulesOf(view) },
      { kind: 'paragraph', text: commandsOf(view) },
    ],
  };
}

/** A block and how much it matters: where not all fits, the highest rank goes first. */
export interface RankedBlock {
  readonly rank: number;
  readonly block: Block;
}

/** The body of a promotion: what merging does, what is missing, the evidence, the rules. */
export function describePromotion(view: PromotionView): readonly RankedBlock[] {
  const ranked = (rank: number, blocks: readonly Block[]) => blocks.map((block) => ({ rank, block }));
  const start: readonly Block[] = [{ kind: 'paragraph', text: firstSentence(view) }, judgementTable(view.judgement)];
  if (view.purpose === 'archive')
    return [...ranked(0, start), ...ranked(3, cardBlocks(view)), ...ranked(1, [rulesBlock(view)])];
  const figures = figureBlocks(view);
  return [
    ...ranked(0, start),
    ...ranked(1, figures.open),
    ...ranked(2, changeBlocks(view)),
    ...ranked(2, originBlocks(view)),
    ...ranked(4, [diagramBlock(view)]),
    ...ranked(5, figures.folded),
    ...ranked(3, gateBlocks(view)),
    ...ranked(6, cardBlocks(view)),
    ...ranked(1, [rulesBlock(view)]),
  ];
}
