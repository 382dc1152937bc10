import type { ModelFormat } from '../identify-format.ts';

/** Written into version records: which rules gave a verdict. Changes with every change of the rules. */
export const scannerVersion = 'model-gitops/0.1.0';

export type ScanVerdict = 'safe' | 'suspicious' | 'dangerous' | 'unscannable';

export interface ScanFinding {
  readonly rule: string;
  readonly severity: 'critical' | 'warning' | 'info';
  /** The place inside the file: `initializer w`, `operator com.acme::Run`. */
  readonly where: string;
  readonly what: string;
}

export interface ScannedFile {
  readonly path: string;
  readonly format: ModelFormat;
  readonly sha256: string;
  readonly verdict: ScanVerdict;
  readonly findings: readonly ScanFinding[];
}

/** Known harm is worse than what nobody could look into, and that is worse than a doubt. */
const order: readonly ScanVerdict[] = ['safe', 'suspicious', 'unscannable', 'dangerous'];

/** The worst of several verdicts; nothing scanned at all is `unscannable`, never safe. */
export function worstScanVerdict(verdicts: readonly ScanVerdict[]): ScanVerdict {
  if (verdicts.length === 0) return 'unscannable';
  return order[Math.max(...verdicts.map((verdict) => order.indexOf(verdict)))] ?? 'unscannable';
}
