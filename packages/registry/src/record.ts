import { z } from 'zod';
import { digestOfArtifacts } from './digest.ts';
import { parseModelName, parseVersion } from './names.ts';
import { jsonOf, type Parsed, parsed, refused, schemaSentence } from './parsed.ts';
import { formatProblems } from './problems.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'not 64 lower-case hex digits');
const objectId = z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/, 'not an object id');
const figure = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity']), z.null()]);
const figures = z.record(z.string(), figure);
const scalar = z.union([z.string(), z.number(), z.boolean()]);
/** One name and never a path: it becomes a file name when the model is pulled. */
const fileName = z
  .string()
  .max(255)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  .regex(/^(?!\.{1,2}$)[^/\\:\u0000-\u001f\u007f]+$/, 'not a plain file name');

const artifact = z.object({
  name: fileName,
  kind: z.enum(['file', 'directory', 'reference']),
  format: z.string(),
  sha256,
  size: z.number().int().nonnegative(),
  uri: z.string(),
});

const dataset = z.object({
  uri: z.string(),
  sha256,
  rows: z.number().int().nonnegative().nullable(),
  profile: sha256.nullable(),
  dvc: z.string().nullable(),
});

const gate = z.object({
  if: z.string(),
  passed: z.boolean(),
  state: z.enum(['passed', 'failed', 'not-applicable']),
  level: z.enum(['error', 'warn']),
  reason: z.string(),
});

const training = z.object({
  commit: objectId.nullable(),
  key: z.string().nullable(),
  dirty: z.boolean(),
  run: z.string().nullable(),
  command: z.string().nullable(),
  parameters: z.record(z.string(), scalar),
  environment: z.object({
    runtime: z.string().nullable(),
    platform: z.string().nullable(),
    image: z.string().nullable(),
    locks: z.array(z.object({ path: z.string(), sha256 })),
  }),
  code: sha256.nullable(),
  seed: z.number().nullable(),
});

const evaluation = z.object({
  /** `computed`: by evaluate, from predictions. `reported`: said by the training script or by the user. */
  source: z.enum(['computed', 'reported', 'none']),
  metrics: figures,
  reported: figures,
  bias: z.record(z.string(), figures),
  performance: figures,
  gates: z.array(gate),
  report: sha256.nullable(),
});

/** The facts of one model version: the message of its tag. Unknown keys of later releases are kept. */
export const VersionRecord = z.looseObject({
  schema: z.literal('model-gitops/record/1'),
  model: z.string().refine((name) => parseModelName(name).ok, 'not a model name'),
  version: z.string().refine((text) => parseVersion(text).ok && !text.startsWith('v'), 'not a semantic version'),
  description: z.string().nullable(),
  owner: z.string().nullable(),
  intendedUse: z.string().nullable(),
  license: z.string().nullable(),
  tags: z.array(z.string()),
  artifacts: z.array(artifact).min(1),
  signature: z.unknown(),
  training,
  registered: z.object({ commit: objectId, run: z.string().nullable() }),
  data: z.record(z.string(), dataset),
  features: z.object({ definition: sha256.nullable(), columns: z.array(z.string()) }),
  evaluation,
  evidence: z.array(
    z.object({ kind: z.string(), tool: z.string(), version: z.string(), digest: sha256, summary: z.unknown() }),
  ),
  scan: z
    .object({ verdict: z.enum(['safe', 'suspicious', 'dangerous', 'unscannable']), scanner: z.string() })
    .nullable(),
  lineage: z.object({ workflowRun: z.string().nullable(), parent: z.string().nullable() }),
  operation: sha256,
  /** Head of the ledger when this was written; null before the first event. */
  ledger: objectId.nullable(),
});
export type VersionRecord = z.infer<typeof VersionRecord>;

const maximumBytes = 65_536;

/** The digest that pointers name: `sha256:<hex>`. */
export function digestOfRecord(record: Pick<VersionRecord, 'artifacts'>): string {
  return digestOfArtifacts(record.artifacts);
}

/** A subject line for people, a blank line, the JSON. Problems: `record-too-large` over 64 KiB, `record-key` for a name that JavaScript readers would lose. */
export function renderRecord(record: VersionRecord): Parsed<string> {
  let losesKey = false;
  const noticed = (key: string, value: unknown) => {
    losesKey ||= key === '__proto__';
    return value;
  };
  const text = `${record.model} ${record.version}\n\n${JSON.stringify(record, noticed, 1)}\n`;
  if (losesKey) return refused(formatProblems.recordKey('__proto__'));
  const bytes = new TextEncoder().encode(text).length;
  return bytes > maximumBytes ? refused(formatProblems.recordTooLarge(bytes)) : parsed(text);
}

/** The inverse of `renderRecord`; refuses what is no record, and never guesses. */
export function parseRecord(message: string): Parsed<VersionRecord> {
  const start = message.indexOf('\n\n');
  const value = start < 0 ? undefined : jsonOf(message.slice(start + 2));
  if (value === undefined) return refused(formatProblems.record('there is no JSON after a blank line'));
  const checked = VersionRecord.safeParse(value);
  return checked.success ? parsed(checked.data) : refused(formatProblems.record(schemaSentence(checked.error)));
}
