import type { Outcome } from '../verdict.ts';
import { counted } from './figures.ts';
import { type Block, markOf, type Report, type Sentence } from './report.ts';
import { cutText } from './sentences.ts';

/** What the text needs of a reconciliation: what changed, or would, and why. */
interface Reconciliation {
  readonly outcome: Outcome;
  readonly changes: readonly { readonly kind: string; readonly reason: string }[];
  readonly applied: boolean;
  readonly notes: readonly string[];
}

function verdictText({ outcome, changes, applied }: Reconciliation): string {
  if (outcome !== 'pass') return 'not everything is as it should be';
  if (changes.length === 0) return 'everything is as it should be';
  return applied ? `${counted(changes.length, 'change')} made` : `${counted(changes.length, 'change')} would be made`;
}

/** Action `reconcile`, verb `reconcile`, and every dry run. */
export function describeReconciliation(document: Reconciliation): Report {
  const { outcome, changes, notes } = document;
  const verdict = verdictText(document);
  const rows = changes.map(({ kind, reason }): readonly Sentence[] => [
    { strong: kind.replaceAll('-', ' ') },
    cutText(reason, 500),
  ]);
  const table: Block = { kind: 'table', columns: [{ title: 'What' }, { title: 'Why' }], rows };
  return {
    outcome,
    headline: [markOf(outcome), ` ${verdict}`],
    blocks: [
      ...(rows.length === 0 ? [] : [table]),
      ...(notes.length === 0 ? [] : [{ kind: 'list', items: notes } as const]),
    ],
    cases: [{ name: 'reconcile', group: 'registry', outcome, message: [verdict, ...notes].join('; ') }],
    annotations: outcome === 'pass' ? [] : notes.map((message) => ({ level: 'error', title: 'reconcile', message })),
  };
}
