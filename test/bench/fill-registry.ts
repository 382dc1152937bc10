import { appendEvents, type RegistryWithStore, readRegistry, registerModel } from '@model-gitops/lifecycle';
import {
  digestOfRecord,
  digestOfText,
  digestOfValue,
  type EventOf,
  renderRecord,
  renderTagName,
  type VersionRecord,
  wholeSeconds,
} from '@model-gitops/registry';
import { openWriter, requestFor } from '../lifecycle/registry-writer.ts';

const model = 'fraud';
const start = Date.parse('2026-01-01T00:00:00Z');
const hourMs = 3_600_000;
const together = 4;

/** The record of the first version with the number and the bytes of another one. */
function recordOf(first: VersionRecord, count: number): VersionRecord {
  const sha256 = digestOfText(`bytes ${count}`);
  const artifacts = first.artifacts.map((artifact) => ({ ...artifact, sha256, uri: `dir:${sha256}` }));
  const operation = digestOfText(`operation ${count}`);
  return { ...first, version: `1.0.${count}`, artifacts, operation };
}

async function writeTag(record: VersionRecord, at: string, { git, identity }: RegistryWithStore) {
  const name = renderTagName(model, record.version);
  const message = renderRecord(record);
  if (!message.ok) throw new Error(message.problems.map((problem) => problem.message).join('\n'));
  const target = record.registered.commit;
  const tag = { kind: 'tag', name, target, message: message.value, tagger: { ...identity, date: at } } as const;
  const id = await git.writeObject(tag);
  await git.moveRef(`refs/tags/${name}`, null, id);
  return id;
}

async function writeVersion(record: VersionRecord, at: string, writer: RegistryWithStore) {
  const tagObject = await writeTag(record, at, writer);
  const { version, operation, registered } = record;
  const event: EventOf<'registered'> = {
    schema: 'model-gitops/event/1',
    kind: 'registered',
    id: `registered-${version}`,
    model,
    at,
    version,
    operation,
    digest: digestOfRecord(record),
    tagObject,
    target: registered.commit,
    recordDigest: `sha256:${digestOfValue(record)}`,
  };
  return event;
}

/**
 * Brings a bare repository to `size` versions of one model: the first one is registered, the others are written as the
 * registry writes them, an hour apart, with their events in one commit. Registering each would take minutes.
 */
export async function fillRegistry(repository: string, size: number): Promise<void> {
  const writer = await openWriter(repository, null);
  await registerModel(requestFor(writer.head, model, 'first'), writer);
  const { facts } = await readRegistry(writer);
  const first = facts.versions[0]?.record ?? null;
  if (first === null) throw new Error('The first version cannot be read.');
  const events: EventOf<'registered'>[] = [];
  for (let count = 1; count < size; count += together) {
    const batch = Array.from({ length: Math.min(together, size - count) }, (_, index) => count + index);
    const written = batch.map((one) =>
      writeVersion(recordOf(first, one), wholeSeconds(new Date(start + one * hourMs)), writer),
    );
    events.push(...(await Promise.all(written)));
  }
  await appendEvents(events, writer);
}
