import { type OnnxModel, readOnnx } from '../onnx/read-onnx.ts';
import type { ExternalTensor } from '../onnx/walk-graph.ts';
import { dangerOfLocation } from './external-location.ts';
import type { ScanFinding, ScanVerdict } from './verdict.ts';

/** Domains whose operators the engine itself brings; every other one loads somebody's library. */
const ownDomains = new Set([
  '',
  'ai.onnx',
  'ai.onnx.ml',
  'ai.onnx.training',
  'ai.onnx.preview',
  'ai.onnx.preview.training',
  'com.microsoft',
  'com.microsoft.nchwc',
]);

/** The keys that ExternalDataInfo has; others were used to set attributes of the reader (CVE-2026-34445). */
const externalKeys = new Set(['location', 'offset', 'length', 'checksum']);

function externalFindings({ tensor, locations, keys }: ExternalTensor): readonly ScanFinding[] {
  const where = `tensor ${JSON.stringify(tensor)}`;
  const found = (rule: string, severity: ScanFinding['severity'], what: string) => ({ rule, severity, where, what });
  const dangers = locations.flatMap((location) => {
    const danger = dangerOfLocation(location);
    const what = `the external data location ${JSON.stringify(location)} ${danger}`;
    return danger === null ? [] : [found('onnx-external-location', 'critical', what)];
  });
  const odd = keys.filter((key) => !externalKeys.has(key));
  return [
    ...dangers,
    ...odd.map((key) =>
      found('onnx-external-key', 'critical', `external data has the unknown key ${JSON.stringify(key)}`),
    ),
    ...(locations.length > 1
      ? [found('onnx-external-repeated', 'critical', 'external data names several locations')]
      : []),
    ...(locations.length === 0 ? [found('onnx-external-missing', 'warning', 'external data without a location')] : []),
    ...(dangers.length === 0 && locations.length === 1
      ? [
          found(
            'onnx-external-data',
            'info',
            `weights lie in ${JSON.stringify(locations[0])}, which the digest of this file does not cover`,
          ),
        ]
      : []),
  ];
}

function operatorFindings({ operators, functions }: OnnxModel): readonly ScanFinding[] {
  const local = new Set(functions.map(({ domain, type }) => `${domain}::${type}`));
  return operators
    .filter(({ domain, type }) => !ownDomains.has(domain) && !local.has(`${domain}::${type}`))
    .map(({ domain, type }) => ({
      rule: 'onnx-custom-operator',
      severity: 'warning',
      where: `operator ${domain}::${type}`,
      what: `the operator is not part of ONNX: running it loads a library from elsewhere`,
    }));
}

function verdictOf(findings: readonly ScanFinding[]): ScanVerdict {
  if (findings.some(({ severity }) => severity === 'critical')) return 'dangerous';
  return findings.some(({ severity }) => severity === 'warning') ? 'suspicious' : 'safe';
}

/** An ONNX file: what it would make a reader open or load. Bytes that are no whole model are `unscannable`. */
export function scanOnnx(bytes: Uint8Array): {
  readonly verdict: ScanVerdict;
  readonly findings: readonly ScanFinding[];
} {
  const model = readOnnx(bytes);
  if (!model.ok) {
    const { code, message } = model.problem;
    return { verdict: 'unscannable', findings: [{ rule: code, severity: 'critical', where: 'file', what: message }] };
  }
  const unknown = model.value.unknownFields.map(
    (number): ScanFinding => ({
      rule: 'onnx-unknown-field',
      severity: 'warning',
      where: `field ${number}`,
      what: 'the file holds a field that ONNX does not have: something was appended',
    }),
  );
  const findings = [
    ...model.value.externalData.flatMap(externalFindings),
    ...operatorFindings(model.value),
    ...unknown,
  ];
  return { verdict: verdictOf(findings), findings };
}
