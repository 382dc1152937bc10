import type { Judgement, Purpose, Target } from '../reconcile/types.ts';
import { judgementTable, missingText } from './describe-judgement.ts';
import { renderMarkdownBlocks } from './markdown.ts';
import type { Block, Sentence } from './report.ts';

export interface CheckText {
  /** Plain text, short enough for a commit status. */
  readonly title: string;
  /** Markdown. */
  readonly summary: string;
}

export interface CheckSubject {
  readonly target: Pick<Target, 'model' | 'environment'>;
  readonly purpose: Purpose;
  /** As the head commit's file has it; null: it names none. */
  readonly version: string | null;
}

function subjectText({ target, purpose, version }: CheckSubject): string {
  const name = `${target.model} ${version ?? '(no version)'}`;
  if (purpose === 'archive') return `${name} to the archive`;
  return purpose === 'rollback' ? `${target.environment} back to ${name}` : `${name} to ${target.environment}`;
}

const advice: Readonly<Record<Judgement['outcome'], Sentence>> = {
  pass: 'Every rule holds for this commit.',
  waiting: 'Nothing is wrong; what waits is time or a person. This check turns green by itself.',
  fail: [
    'What is refused does not heal by waiting: correct it or close the pull request. ',
    { code: '/recheck' },
    ' asks again.',
  ],
};

function summaryOf(blocks: readonly Block[]): string {
  return `${renderMarkdownBlocks(blocks).join('\n\n')}\n`;
}

/** The check on the head of a promotion: first what is missing to merge. */
export function describeCheck(subject: CheckSubject, judgement: Judgement): CheckText {
  const title = missingText(judgement);
  return {
    title,
    summary: summaryOf([
      {
        kind: 'paragraph',
        text: [{ strong: title }, `: ${subjectText(subject)}. `, ...[advice[judgement.outcome]].flat()],
      },
      judgementTable(judgement),
    ]),
  };
}

/** The check on any other pull request: it may not touch what promotions decide. */
export function describeOtherCheck(judgement: Judgement): CheckText {
  if (judgement.outcome === 'pass')
    return {
      title: 'No registry change',
      summary: summaryOf([{ kind: 'paragraph', text: 'This pull request changes nothing that environments want.' }]),
    };
  const title = 'The registry is changed by promotions only';
  return {
    title,
    summary: summaryOf([
      { kind: 'paragraph', text: [{ strong: title }, '. Take these files out of this pull request.'] },
      judgementTable(judgement),
    ]),
  };
}
