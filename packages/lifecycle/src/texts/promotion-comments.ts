import type { Target } from '../reconcile/types.ts';
import { renderMarkdownBlocks } from './markdown.ts';
import type { Block, Sentence } from './report.ts';
import { cutText, joined, loginText } from './sentences.ts';

type Place = Pick<Target, 'model' | 'environment'>;

function commentOf(blocks: readonly Block[]): string {
  return renderMarkdownBlocks(blocks).join('\n\n');
}

function paragraph(text: Sentence): Block {
  return { kind: 'paragraph', text };
}

/** Where somebody had approved: that approval was of another version. */
export function renderMovedOn(facts: {
  readonly target: Place;
  readonly from: string;
  readonly to: string;
  readonly approvers: readonly string[];
}): string {
  const { target, from, to, approvers } = facts;
  const were =
    approvers.length === 0
      ? []
      : [
          ' The approval of ',
          ...joined(approvers.slice(0, 8).map(loginText), ', '),
          ` was of ${from}; ${to} needs its own.`,
        ];
  return commentOf([
    paragraph([{ strong: `Now about ${target.model} ${to}` }, `, which is newer than ${from}.`, ...were]),
  ]);
}

/** Why a pull request was closed without a merge. `reason` is a sentence of ours or of a problem. */
export function renderClosed(facts: {
  readonly target: Place;
  readonly version: string;
  readonly reason: string;
}): string {
  const { target, version, reason } = facts;
  return commentOf([
    paragraph([
      { strong: 'Closed' },
      `: ${cutText(reason, 500)}. Nothing about ${target.model} ${version} in ${target.environment} changed by this.`,
    ]),
  ]);
}

/** A command that was not carried out: why, and what would help. */
export function renderRefusal(facts: { readonly command: string; readonly reasons: readonly string[] }): string {
  const reasons = facts.reasons.slice(0, 10).map((reason) => cutText(reason, 500));
  const [only = 'no reason is known'] = reasons;
  const command = { code: cutText(facts.command, 120) };
  return reasons.length > 1
    ? commentOf([paragraph([command, ' was not carried out:']), { kind: 'list', items: reasons }])
    : commentOf([paragraph([command, ` was not carried out: ${only}`])]);
}

const commands: readonly (readonly [string, string])[] = [
  ['/promote [version] [environment]', 'proposes a version; without a number the newest'],
  ['/rollback [environment]', 'proposes the version that was wanted before'],
  ['/hold', 'newer versions do not replace the one proposed here'],
  ['/unhold', 'they do again'],
  ['/recheck', 'looks at everything anew'],
  ['/help', 'this list'],
];

/** What can be commented, and where. */
export function renderHelp(): string {
  return commentOf([
    paragraph('A command is the first line of a new comment, by somebody who may write here:'),
    {
      kind: 'table',
      columns: [{ title: 'Command' }, { title: 'What it does' }],
      rows: commands.map(([code, what]) => [{ code }, what]),
    },
    paragraph([
      'In a promotion, model and environment are those of the pull request. Elsewhere name them: ',
      { code: '/promote fraud@1.4.0 production' },
      '.',
    ]),
  ]);
}
