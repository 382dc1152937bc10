import type { RegisterDocument } from '../registry/documents.ts';
import { shortDigest } from './figures.ts';
import { type Block, markOf, type Report, type Sentence } from './report.ts';

function verdictOf({ outcome, version, created, dryRun }: RegisterDocument): string {
  if (outcome !== 'pass') return 'not registered';
  if (created) return `registered as ${version}`;
  return dryRun && version !== null ? `would be ${version}` : `nothing new, ${version} is this already`;
}

function remarks(reasons: readonly string[], notes: readonly string[]): Block[] {
  const items: Sentence[] = [...reasons, ...notes];
  return items.length === 0 ? [] : [{ kind: 'list', items }];
}

function gatesText(gates: RegisterDocument['gates']): string {
  const states = ['passed', 'failed', 'not-applicable'] as const;
  const counts = states.map((state) => [gates.filter((gate) => gate.state === state).length, state] as const);
  const told = counts.filter(([count]) => count > 0).map(([count, state]) => `${count} ${state.replace('-', ' ')}`);
  return told.length === 0 ? 'none' : told.join(', ');
}

/** Action `register-model`, verb `register`. */
export function describeRegistration(document: RegisterDocument): Report {
  const { model, outcome, tag, digest, reasons, notes, gates } = document;
  const verdict = verdictOf(document);
  const facts: readonly (readonly Sentence[])[] = [
    ...(tag === null ? [] : [['Tag', { code: tag }] as const]),
    ['Digest', { code: shortDigest(digest) }],
    ['Gates', gatesText(gates)],
  ];
  return {
    outcome,
    headline: [markOf(outcome), ' ', { strong: model }, `: ${verdict}`],
    blocks: [{ kind: 'table', columns: [{ title: '' }, { title: '' }], rows: facts }, ...remarks(reasons, notes)],
    cases: [{ name: 'register', group: model, outcome, message: [verdict, ...reasons].join('; ') }],
    annotations:
      outcome === 'pass'
        ? []
        : reasons.map((reason) => ({ level: 'error', title: `${model}: not registered`, message: reason })),
  };
}
