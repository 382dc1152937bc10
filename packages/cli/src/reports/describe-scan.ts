import type { Outcome, Report } from '@model-gitops/lifecycle';
import type { ScannedFile, ScanVerdict } from '@model-gitops/model-files';

export interface ScanDocument {
  readonly schema: 'model-gitops/scan/1';
  readonly outcome: Outcome;
  readonly verdict: ScanVerdict;
  readonly files: readonly ScannedFile[];
}

const marks = { safe: 'pass', suspicious: 'warning', dangerous: 'fail', unscannable: 'inconclusive' } as const;
const caseOutcomes = { safe: 'pass', suspicious: 'fail', dangerous: 'fail', unscannable: 'inconclusive' } as const;

function rowsOf({ path, format, verdict, findings }: ScannedFile) {
  const first = [{ mark: marks[verdict] }, { code: path }, format, verdict] as const;
  if (findings.length === 0) return [[...first, '']];
  return findings.map(({ what, where }, index) => {
    const said = where === 'file' ? what : `${where}: ${what}`;
    return index === 0 ? [...first, said] : ['', '', '', '', said];
  });
}

function sentenceOf({ verdict, files }: ScanDocument): string {
  if (files.length === 0) return 'there is nothing to scan';
  const count = files.length === 1 ? '1 file' : `${files.length} files`;
  return verdict === 'safe' ? `${count}, nothing found` : `${count}, the worst is ${verdict}`;
}

/** Verb `scan`. */
export function describeScan(document: ScanDocument, path: string): Report {
  const { verdict, outcome, files } = document;
  const table = {
    kind: 'table',
    columns: ['', 'File', 'Format', 'Verdict', 'Found'].map((title) => ({ title })),
    rows: files.flatMap(rowsOf),
  } as const;
  return {
    outcome,
    headline: [{ mark: marks[verdict] }, ' ', { strong: path }, `: ${sentenceOf(document)}`],
    blocks: files.length === 0 ? [] : [table],
    cases: files.map((file) => ({
      name: file.path,
      group: 'scan',
      outcome: caseOutcomes[file.verdict],
      message: file.findings.map(({ what }) => what).join('; '),
    })),
    annotations: [],
  };
}
