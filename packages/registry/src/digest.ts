import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** JSON with sorted keys and no spaces, the same for equal values; keys with the value undefined are left out. Source: the idea of RFC 8785. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((v) => canonicalJson(v === undefined ? null : v)).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, v]) => v !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`).join(',')}}`;
}

/** sha256 of a short text in UTF-8: 64 lower-case hex digits. */
export function digestOfText(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** sha256 of a value's canonical JSON. */
export function digestOfValue(value: unknown): string {
  return digestOfText(canonicalJson(value));
}

/** Digest of a version: the bytes' own for one artifact, otherwise that of the sorted lines `<sha256>  <name>`. With prefix `sha256:`. */
export function digestOfArtifacts(artifacts: readonly { readonly name: string; readonly sha256: string }[]): string {
  const [only] = artifacts;
  if (only !== undefined && artifacts.length === 1) return `sha256:${only.sha256}`;
  const lines = artifacts.map((a) => `${a.sha256}  ${a.name}\n`).sort();
  return `sha256:${digestOfText(lines.join(''))}`;
}

/** What a registration is, whoever makes it and whenever. The commit is not part of it: a push that changes none of these registers nothing. */
export interface OperationFacts {
  readonly model: string;
  /** Only where the user named it. */
  readonly version: string | null;
  readonly artifacts: readonly { readonly name: string; readonly sha256: string }[];
  readonly data: readonly { readonly name: string; readonly sha256: string }[];
  readonly features: string | null;
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
  readonly trainingKey: string | null;
  /** Figures that are the same each time they are computed: no timings. */
  readonly evaluation: unknown;
}

/** The identity of a registration: equal facts, equal digest. */
export function operationDigest(facts: OperationFacts): string {
  return digestOfValue(facts);
}
