import type { RegistryChange } from '@model-gitops/registry';
import type { ChangesDocument } from '../registry/documents.ts';
import { type Block, markOf, type Report, type Sentence } from './report.ts';

function changeSentence(change: RegistryChange, applied: boolean): Sentence {
  const { model, version, environment, from } = change;
  const is = applied ? 'is' : 'would be';
  switch (change.kind) {
    case 'assign':
      return [
        { strong: `${model} ${version}` },
        ` ${is} wanted in ${environment}`,
        from === null ? ', the first there' : `, where it was ${from}`,
      ];
    case 'open-promotion':
      return change.purpose === 'archive'
        ? [{ strong: `${model} ${version}` }, ` ${is} proposed for the archive, on branch `, { code: change.branch }]
        : [
            { strong: `${model} ${version}` },
            ` ${is} proposed for ${environment} (${from === null ? 'nothing there yet' : `from ${from}`}), on branch `,
            { code: change.branch },
          ];
    default:
      return change satisfies never;
  }
}

function archiveVerdict({ outcome, changes, applied, version }: ChangesDocument): string {
  if (outcome !== 'pass') return `${version} cannot be archived now`;
  if (changes.length === 0) return `${version} is archived already`;
  return applied ? `${version} is proposed for the archive` : `would archive ${version}`;
}

function verdictOf(document: ChangesDocument): string {
  const { outcome, changes, applied, version, environment, schema } = document;
  const what = schema.split('/')[1] ?? '';
  if (what === 'archive') return archiveVerdict(document);
  if (outcome !== 'pass') return `${version} may not go to ${environment} now`;
  if (changes.length === 0) return `${environment} wants ${version} already`;
  if (!applied) return `would ${what} ${version} (${environment})`;
  return changes.some(({ kind }) => kind === 'open-promotion')
    ? `${version} is proposed for ${environment}`
    : `${environment} wants ${version} now`;
}

function mergeBlocks({ commands = [], merge, applied }: ChangesDocument): Block[] {
  if (merge === undefined || !applied) return [];
  return [
    { kind: 'paragraph', text: 'To approve it, merge:' },
    { kind: 'code', text: (commands.length > 0 ? commands : [merge]).join('\n') },
  ];
}

/** Action `promote-model`; verbs `promote`, `rollback`, `archive`. */
export function describeChanges(document: ChangesDocument): Report {
  const { model, outcome, changes, applied, reasons, notes, environment } = document;
  const verdict = verdictOf(document);
  const items: Sentence[] = [...changes.map((change) => changeSentence(change, applied)), ...reasons, ...notes];
  return {
    outcome,
    headline: [markOf(outcome), ' ', { strong: model }, `: ${verdict}`],
    blocks: [...(items.length > 0 ? [{ kind: 'list', items } as const] : []), ...mergeBlocks(document)],
    cases: [{ name: `${environment}`, group: model, outcome, message: [verdict, ...reasons].join('; ') }],
    annotations:
      outcome === 'pass'
        ? []
        : reasons.map((reason) => ({ level: 'error', title: `${model}: ${environment}`, message: reason })),
  };
}
