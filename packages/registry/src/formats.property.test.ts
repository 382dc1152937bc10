import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, digestOfArtifacts, digestOfValue } from './digest.ts';
import { eventPath, type LedgerEvent, parseEvent, renderEvent } from './events.ts';
import { compareVersionNumbers, parseModelName, parseTagName, parseVersion, renderTagName } from './names.ts';
import { parseArchive, parsePointer, renderArchive, renderPointer } from './pointer.ts';
import { parseRecord, renderRecord, type VersionRecord } from './record.ts';
import { nextVersion } from './semantic-version.ts';

const seed = 20_261_124;
const check = <T extends [unknown, ...unknown[]]>(property: fc.IProperty<T>) =>
  fc.assert(property, { seed, numRuns: 200 });

const name = fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,63}$/).filter((text) => parseModelName(text).ok);
const number = fc.nat({ max: 9999 });
const version = fc.oneof(
  fc.tuple(number, number, number).map((parts) => parts.join('.')),
  fc.tuple(number, number, number, number).map(([a, b, c, d]) => `${a}.${b}.${c}-rc.${d}`),
);
const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
const digest = hex(64).map((text) => `sha256:${text}`);
const text = fc.string({ unit: 'grapheme', maxLength: 30 });
const figures = fc.dictionary(
  text,
  fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0),
    fc.constantFrom('NaN', 'Infinity', '-Infinity', null),
  ),
);
const at = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => `${date.toISOString().slice(0, 19)}Z`);

const record = fc
  .record({
    model: name,
    version,
    figures,
    sha: hex(64),
    commit: hex(40),
    owner: fc.option(text),
    parameters: fc.dictionary(text, fc.oneof(text, fc.boolean(), fc.integer())),
  })
  .map(
    ({ model, version: v, figures: metrics, sha, commit, owner, parameters }): VersionRecord => ({
      schema: 'model-gitops/record/1',
      model,
      version: v,
      description: owner,
      owner,
      intendedUse: null,
      license: 'Apache-2.0',
      tags: [],
      artifacts: [{ name: 'model.onnx', kind: 'file', format: 'onnx', sha256: sha, size: 1, uri: `dir:${sha}` }],
      signature: { inputs: [owner] },
      training: {
        commit,
        key: sha,
        dirty: false,
        run: null,
        command: owner,
        parameters,
        environment: { runtime: null, platform: null, image: null, locks: [] },
        code: null,
        seed: null,
      },
      registered: { commit, run: null },
      data: { test: { uri: 'a', sha256: sha, rows: 3, profile: null, dvc: null } },
      features: { definition: null, columns: [] },
      evaluation: {
        source: 'computed',
        metrics: metrics as Record<string, number>,
        reported: {},
        bias: {},
        performance: {},
        gates: [],
        report: null,
      },
      evidence: [],
      scan: null,
      lineage: { workflowRun: null, parent: null },
      operation: sha,
      ledger: null,
    }),
  );

describe('what is rendered is read back', () => {
  it('tag names', () => {
    check(
      fc.property(name, version, (model, v) => {
        expect(parseTagName(`refs/tags/${renderTagName(model, v)}`)).toEqual({
          ok: true,
          value: { model, version: v },
        });
      }),
    );
  });

  it('pointers', () => {
    check(
      fc.property(version, digest, (v, d) => {
        expect(parsePointer(renderPointer({ version: v, digest: d }))).toEqual({
          ok: true,
          value: { version: v, digest: d },
        });
      }),
    );
  });

  it('archives, sorted and without doubles', () => {
    check(
      fc.property(fc.array(version), (versions) => {
        const answer = parseArchive(renderArchive(versions));
        expect(answer.ok && new Set(answer.value)).toEqual(new Set(versions));
        expect(answer.ok && answer.value).toEqual(answer.ok && answer.value.toSorted(compareVersionNumbers));
      }),
    );
  });

  it('records, also with any text in them', () => {
    check(
      fc.property(record, (value) => {
        const message = renderRecord(value);
        const isLossy = JSON.stringify(value).includes('"__proto__":');
        expect(message.ok).toBe(!isLossy);
        if (isLossy) return;
        const answer = parseRecord(message.ok ? message.value : '');
        expect(answer).toEqual({ ok: true, value: JSON.parse(JSON.stringify(value)) });
      }),
    );
  });

  it('events, in a folder of their day', () => {
    check(
      fc.property(name, version, digest, at, hex(40), (model, v, d, when, id) => {
        const event: LedgerEvent = {
          schema: 'model-gitops/event/1',
          kind: 'registered',
          id: `registered-${v}`,
          model,
          at: when,
          version: v,
          digest: d,
          operation: d,
          tagObject: id,
          target: id,
          recordDigest: d,
        };
        expect(parseEvent(renderEvent(event))).toEqual({ ok: true, value: event });
        expect(eventPath(event)).toMatch(/^[a-z0-9_-]+\/\d{4}\/\d{2}\/\d{2}\/registered-[0-9a-z.-]+\.json$/);
      }),
    );
  });
});

describe('laws', () => {
  it('no text but the two lines is a pointer', () => {
    check(
      fc.property(fc.string(), version, digest, (noise, v, d) => {
        fc.pre(noise.trim() !== '');
        expect(parsePointer(`${renderPointer({ version: v, digest: d })}${noise}`).ok).toBe(false);
        expect(parsePointer(noise).ok).toBe(false);
      }),
    );
  });

  it('parsing never throws', () => {
    check(
      fc.property(fc.string({ unit: 'binary' }), (noise) => {
        for (const parse of [
          parseRecord,
          parseEvent,
          parsePointer,
          parseArchive,
          parseTagName,
          parseModelName,
          parseVersion,
        ])
          parse(noise);
        parseRecord(`x\n\n${noise}`);
      }),
    );
  });

  it('what is accepted as a model name is harmless as a path and as a ref', () => {
    check(
      fc.property(fc.string({ unit: 'binary', maxLength: 8 }), (noise) => {
        const answer = parseModelName(noise);
        expect(!answer.ok || /^[a-z0-9][a-z0-9_-]*$/.test(answer.value)).toBe(true);
      }),
    );
  });

  it('canonical JSON does not depend on the order of keys, and differs where values do', () => {
    check(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(turned)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
        expect(digestOfValue({ value, more: 1 })).not.toBe(digestOfValue({ value, more: 2 }));
      }),
    );
  });

  it('the digest of several artifacts does not depend on their order; of one it is its own', () => {
    check(
      fc.property(fc.uniqueArray(fc.tuple(name, hex(64)), { selector: ([key]) => key, minLength: 1 }), (pairs) => {
        const artifacts = pairs.map(([key, sha256]) => ({ name: key, sha256 }));
        expect(digestOfArtifacts(artifacts.toReversed())).toBe(digestOfArtifacts(artifacts));
        if (artifacts.length === 1) expect(digestOfArtifacts(artifacts)).toBe(`sha256:${artifacts[0]!.sha256}`);
      }),
    );
  });

  it('the next version is above all that are taken', () => {
    check(
      fc.property(fc.array(version), fc.constantFrom('first', 'major', 'minor', 'patch'), (taken, change) => {
        const next = nextVersion(taken, change as 'patch');
        expect(parseVersion(next).ok).toBe(true);
        expect(taken.every((other) => compareVersionNumbers(next, other) > 0)).toBe(true);
      }),
    );
  });
});
