import { z } from 'zod';
import { canonicalJson } from './digest.ts';
import { parseEnvironmentName, parseModelName, parseVersion } from './names.ts';
import { jsonOf, type Parsed, parsed, refused, schemaSentence } from './parsed.ts';
import { formatProblems } from './problems.ts';

const objectId = z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/, 'not an object id');
const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/, 'not a digest');
const version = z.string().refine((text) => parseVersion(text).ok, 'not a semantic version');
const environment = z
  .string()
  .refine((text) => text === 'archived' || parseEnvironmentName(text).ok, 'not an environment name');

const common = {
  schema: z.literal('model-gitops/event/1'),
  /** The file name: the same fact has the same id, whoever writes it. */
  id: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,127}$/, 'not an event id'),
  model: z.string().refine((name) => parseModelName(name).ok, 'not a model name'),
  /** When the fact came about, UTC, whole seconds; never the writer's clock at a retry. */
  at: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/, 'not a UTC time')
    .refine((text) => !Number.isNaN(Date.parse(text)), 'not a UTC time'),
};

const events = [
  z.looseObject({
    ...common,
    kind: z.literal('run-recorded'),
    key: z.string(),
    run: z.looseObject({ id: z.string(), key: z.string() }),
  }),
  /** Witness of a tag: which object it was, and of which record. */
  z.looseObject({
    ...common,
    kind: z.literal('registered'),
    version,
    digest,
    operation: z.string(),
    tagObject: objectId,
    target: objectId,
    recordDigest: digest,
  }),
  /** A decision by policy. `sequence` counts the assignments of an environment, so that no clock decides which is the last. */
  z.looseObject({
    ...common,
    kind: z.literal('assigned'),
    environment,
    version,
    digest,
    from: version.nullable(),
    purpose: z.enum(['promote', 'rollback']),
    sequence: z.number().int().positive(),
    requestedBy: z.string().nullable(),
  }),
  z.looseObject({
    ...common,
    kind: z.literal('promotion-requested'),
    environment,
    version,
    digest,
    from: version.nullable(),
    purpose: z.enum(['promote', 'rollback', 'archive']),
    branch: z.string(),
    commit: objectId,
    requestedBy: z.string().nullable(),
    /** Proposed by rule: nobody asked. Otherwise somebody did, also where it is not known who. */
    isAutomatic: z.boolean().optional(),
  }),
  z.looseObject({
    ...common,
    kind: z.literal('merged'),
    environment,
    version,
    digest,
    commit: objectId,
    head: objectId,
    pullRequest: z.number().int().nullable(),
    requester: z.string().nullable(),
    /** Everybody who may not approve: who asked, and who wrote what is promoted. `requester` is the first of them. */
    requesters: z.array(z.string()).optional(),
    /** Who approved the head that was merged, had write access then and is none of the requesters. */
    approvals: z.array(z.string()),
    /** Who approved that head and does not count: a requester. */
    ownApprovals: z.array(z.string()).optional(),
    merger: z.string().nullable(),
  }),
  /** Whether newer versions may move the pull request of an environment on. */
  z.looseObject({
    ...common,
    kind: z.literal('held'),
    environment,
    pullRequest: z.number().int(),
    isHeld: z.boolean(),
    requestedBy: z.string(),
  }),
  z.looseObject({
    ...common,
    kind: z.literal('deployed'),
    environment,
    version,
    digest,
    commit: objectId.nullable(),
    result: z.enum(['live', 'failed']),
    sequence: z.number().int().positive(),
  }),
] as const;

/** One file of the ledger. */
export const LedgerEvent = z.discriminatedUnion('kind', events);
export type LedgerEvent = z.infer<typeof LedgerEvent>;
export type EventOf<K extends LedgerEvent['kind']> = Extract<LedgerEvent, { kind: K }>;

/** Where an event lies in the ledger's tree: `<model>/<yyyy>/<mm>/<dd>/<id>.json`. */
export function eventPath(event: Pick<LedgerEvent, 'model' | 'at' | 'id'>): string {
  return `${event.model}/${event.at.slice(0, 10).replaceAll('-', '/')}/${event.id}.json`;
}

/** One line of canonical JSON: the same event is the same bytes, hence the same object. */
export function renderEvent(event: LedgerEvent): string {
  return `${canonicalJson(event)}\n`;
}

export function parseEvent(text: string): Parsed<LedgerEvent> {
  const value = jsonOf(text);
  if (value === undefined) return refused(formatProblems.event('it is not JSON'));
  const checked = LedgerEvent.safeParse(value);
  return checked.success ? parsed(checked.data) : refused(formatProblems.event(schemaSentence(checked.error)));
}

/** UTC in whole seconds, as events, tags and commits write it. */
export function wholeSeconds(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
