import { readFile } from 'node:fs/promises';
import {
  configurationSchema,
  ProblemError,
  parseModelConfig,
  parseRepositoryConfig,
  repositorySchema,
} from '@model-gitops/lifecycle';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
const isModel = ajv.compile(configurationSchema());
const isRepository = ajv.compile(repositorySchema());

const example = await readFile(new URL('../../examples/penguins/models/penguins/model.yaml', import.meta.url), 'utf8');
const penguins: Record<string, unknown> = parse(example);

function isTaken(parseText: (text: string, file: string) => unknown, value: unknown): boolean {
  try {
    parseText(JSON.stringify(value), 'model.yaml');
    return true;
  } catch (thrown) {
    if (thrown instanceof ProblemError) return false;
    throw thrown;
  }
}

/** Every place of a document, the document itself left out. */
function placesOf(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, below]) => [[key], ...placesOf(below).map((rest) => [key, ...rest])]);
}

/** The document with something else at a place; without it where that is undefined. */
function changed(value: unknown, [key, ...rest]: readonly string[], other: unknown): unknown {
  const copy = structuredClone(value) as Record<string, unknown>;
  if (key === undefined) return other;
  const next = rest.length === 0 ? other : changed(copy[key], rest, other);
  if (next === undefined && !Array.isArray(copy)) delete copy[key];
  else copy[key] = next ?? null;
  return copy;
}

describe('the JSON Schema of model.yaml', () => {
  it('takes the example, as the parser does', () => {
    expect(isModel(penguins), JSON.stringify(isModel.errors)).toBe(true);
    expect(isTaken(parseModelConfig, penguins)).toBe(true);
  });

  it.each([
    ['an unknown key', { ...penguins, drift: {} }],
    ['an unknown key below', changed(penguins, ['train', 'reuze'], 'auto')],
    ['no name', changed(penguins, ['name'], undefined)],
    ['a hostile name', { ...penguins, name: '../x' }],
    ['another choice', changed(penguins, ['features', 'format'], 'json')],
    ['a gate without condition', { ...penguins, gates: [{ level: 'warn' }] }],
    ['a list of words for text', { ...penguins, owner: ['a'] }],
    ['a soak in words', changed(penguins, ['environments', 'production', 'soak'], 'a day')],
  ])('refuses %s, as the parser does', (_, value) => {
    expect(isModel(value)).toBe(false);
    expect(isTaken(parseModelConfig, value)).toBe(false);
  });

  it('says what every key is for', () => {
    const { properties } = configurationSchema() as { properties: Record<string, { description?: string }> };
    expect(Object.keys(properties)).toEqual(expect.arrayContaining(['name', 'data', 'train', 'gates', 'environments']));
    expect(properties.owner?.description).toContain('answers for the model');
  });

  it('never refuses what the parser takes', () => {
    const other = fc.oneof(
      fc.constant(undefined),
      fc.constantFrom<unknown>(
        '',
        ' ',
        'a',
        '24h',
        'auto',
        0,
        -1,
        1.5,
        true,
        null,
        [],
        {},
        ['a'],
        [1],
        { a: 1 },
        { if: 'metrics.a > 1' },
        { approval: 'none' },
      ),
    );
    const key = fc.constantFrom('a', 'name', 'run', 'level', 'soak', 'train', 'prod', 'positive', 'seed', 'Ä');
    let refused = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...placesOf(penguins)),
        fc.option(key, { nil: undefined }),
        other,
        (place, more, value) => {
          const at = more === undefined ? place : [...place.slice(0, -1), more];
          const document = changed(penguins, at, value);
          if (isModel(document)) return;
          refused += 1;
          expect(isTaken(parseModelConfig, document), JSON.stringify(isModel.errors)).toBe(false);
        },
      ),
      { seed: 20260301, numRuns: 2000 },
    );
    expect(refused).toBeGreaterThan(200);
  });
});

describe('the JSON Schema of .github/model-gitops.yml', () => {
  const whole = {
    models: ['models/*/model.yaml'],
    registry: 'registry',
    store: 'dir:models',
    defaults: { owner: '@acme/ml', train: { parameters: { depth: 3 } }, gates: ['metrics.accuracy > 0.9'] },
  };

  it('takes what the parser takes', () => {
    expect(isRepository(whole), JSON.stringify(isRepository.errors)).toBe(true);
    expect(isTaken(parseRepositoryConfig, whole)).toBe(true);
    expect(isRepository({})).toBe(true);
  });

  it.each([
    { ...whole, freeze: [] },
    { ...whole, models: [] },
    { ...whole, store: 's3://bucket' },
    { ...whole, defaults: { name: 'fraud' } },
    { ...whole, defaults: { train: { reuse: 'ever' } } },
  ])('refuses %j, as the parser does', (value) => {
    expect(isRepository(value)).toBe(false);
    expect(isTaken(parseRepositoryConfig, value)).toBe(false);
  });
});
