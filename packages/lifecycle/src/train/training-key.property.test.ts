import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Ingredients, keyOf } from './training-key.ts';

const digest = fc.stringMatching(/^[0-9a-f]{8}$/);
const value = fc.oneof(fc.string(), fc.boolean(), fc.double());
const name = fc.string({ minLength: 1, maxLength: 8 });
const tables = fc.uniqueArray(fc.record({ name, sha256: digest }), { selector: (table) => table.name, maxLength: 4 });
const locks = fc.uniqueArray(fc.record({ path: name, sha256: digest }), {
  selector: (lock) => lock.path,
  maxLength: 4,
});

const ingredients: fc.Arbitrary<Ingredients> = fc.record({
  command: fc.string(),
  parameters: fc.dictionary(name, value, { maxKeys: 4 }),
  seed: fc.option(fc.integer(), { nil: null }),
  code: fc.record({ sha256: digest, files: fc.nat() }),
  locks,
  data: tables,
  features: fc.option(tables, { nil: null }),
});

/** A value that differs from every one that `ingredients` makes. */
const changes: readonly ((one: Ingredients) => Partial<Ingredients>)[] = [
  ({ command }) => ({ command: `${command} ` }),
  ({ seed }) => ({ seed: seed === null ? 0 : null }),
  ({ seed }) => ({ seed: (seed ?? 0) + 1 }),
  ({ parameters }) => ({ parameters: { ...parameters, 'a longer name': 1 } }),
  ({ code }) => ({ code: { ...code, sha256: `${code.sha256}0` } }),
  ({ locks }) => ({ locks: [...locks, { path: 'requirements.txt', sha256: '' }] }),
  ({ locks }) => ({ locks: locks.length === 0 ? [{ path: '', sha256: '' }] : locks.slice(1) }),
  ({ data }) => ({ data: [...data, { name: 'a longer name', sha256: '' }] }),
  ({ data }) => ({ data: [{ name: 'a longer name', sha256: '' }, ...data.slice(1)] }),
  ({ features }) => ({ features: features === null ? [] : null }),
  ({ features }) => ({ features: [...(features ?? []), { name: 'a longer name', sha256: '' }] }),
];

function shuffled<Entry>(entries: readonly Entry[]): Entry[] {
  return [...entries].reverse();
}

describe('the key of a training', () => {
  it('changes with each ingredient', () => {
    fc.assert(
      fc.property(ingredients, fc.constantFrom(...changes), (one, change) => {
        expect(keyOf({ ...one, ...change(one) })).not.toBe(keyOf(one));
      }),
    );
  });

  it('changes with each digest of data, locks and features, and with each parameter', () => {
    fc.assert(
      fc.property(ingredients, fc.nat(), (one, pick) => {
        const bump = <Entry extends { sha256: string }>(list: readonly Entry[]) =>
          list.map((entry, index) => (index === pick % list.length ? { ...entry, sha256: `${entry.sha256}0` } : entry));
        if (one.data.length > 0) expect(keyOf({ ...one, data: bump(one.data) })).not.toBe(keyOf(one));
        if (one.locks.length > 0) expect(keyOf({ ...one, locks: bump(one.locks) })).not.toBe(keyOf(one));
        const features = one.features ?? [];
        if (features.length > 0) expect(keyOf({ ...one, features: bump(features) })).not.toBe(keyOf(one));
        for (const [parameter, said] of Object.entries(one.parameters)) {
          const parameters = { ...one.parameters, [parameter]: `${String(said)} ` };
          expect(keyOf({ ...one, parameters })).not.toBe(keyOf(one));
        }
      }),
    );
  });

  it('does not depend on any order', () => {
    fc.assert(
      fc.property(ingredients, (one) => {
        const turned: Ingredients = {
          ...one,
          parameters: Object.fromEntries(shuffled(Object.entries(one.parameters))),
          locks: shuffled(one.locks),
          data: shuffled(one.data),
          features: one.features === null ? null : shuffled(one.features),
        };
        expect(keyOf(turned)).toBe(keyOf(one));
      }),
    );
  });

  it('keeps apart what JSON does not: NaN, the infinities, text that looks like a number', () => {
    const base: Ingredients = {
      command: '',
      parameters: {},
      seed: null,
      code: { sha256: '', files: 0 },
      locks: [],
      data: [],
      features: null,
    };
    const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 'null', 1, '1', true, 'true'];
    const keys = values.map((rate) => keyOf({ ...base, parameters: { rate } }));
    expect(new Set(keys).size).toBe(values.length);
  });
});
