import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { ProblemError } from '../problem.ts';
import { parseModelConfig } from './parse-model.ts';
import { parseRepositoryConfig } from './parse-repository.ts';

const file = 'models/fraud/model.yaml';
const seed = 20260301;

const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter((text) => text.trim() !== '');
const name = fc
  .stringMatching(/^[a-z0-9][a-z0-9_-]{0,20}$/)
  .filter((text) => !/^(con|prn|aux|nul|com\d|lpt\d)$/.test(text));
const path = fc.constantFrom('a.csv', '/data/a.csv', '../b.parquet', './x/y.csv', '/ä ö/ü.csv');
const list = (item: fc.Arbitrary<string>) => fc.array(item, { maxLength: 3 });
const parameter = fc.oneof(words, fc.boolean(), fc.integer(), fc.double({ noNaN: true, min: -1e6, max: 1e6 }));
const optional = { requiredKeys: [] as [] };

const train = fc.record(
  {
    run: words,
    outputs: fc.record({ model: path, metrics: path }, { requiredKeys: ['model'] }),
    reuse: fc.constantFrom('auto', 'never'),
    code: list(path),
    locks: list(path),
    parameters: fc.dictionary(
      words.filter((key) => key !== '__proto__' && key !== '<<'),
      parameter,
      { maxKeys: 4 },
    ),
    seed: fc.nat(),
  },
  { requiredKeys: ['run', 'outputs'] },
);

const gate = fc.constantFrom('metrics.a > 0.9', 'metrics["f0.5"] >= data.rows', '!(scan.verdict == "safe")');

/** What people may write. */
const written = fc
  .record(
    {
      name,
      owner: words,
      description: words,
      'intended-use': words,
      license: words,
      tags: list(words),
      data: fc.record(
        { test: path, train: path, expect: path, 'parse-dates': list(words) },
        { requiredKeys: ['test'] },
      ),
      features: fc.record(
        { sql: path, format: fc.constantFrom('csv', 'parquet'), target: words, sensitive: list(words) },
        optional,
      ),
      evaluate: fc.record(
        { run: words, task: fc.constantFrom('binary', 'regression'), positive: parameter, slices: list(words) },
        optional,
      ),
      gates: fc.array(
        fc.oneof(gate, fc.record({ if: gate, level: fc.constantFrom('warn', 'error') }, { requiredKeys: ['if'] })),
        { maxLength: 3 },
      ),
      environments: fc.constantFrom(
        { qa: { approval: 'none' }, live: { after: 'qa', soak: '24h' } },
        { live: { approval: 'pull-request' } },
      ),
      made: fc.oneof(fc.record({ train }), fc.record({ model: path })),
    },
    { requiredKeys: ['name', 'data', 'made'] },
  )
  .map(({ made, ...rest }) => ({ ...rest, ...made }) as Record<string, unknown>);

/** The same with the keys of every mapping in another order; `weights` decide which. */
function reordered(value: unknown, weights: readonly number[]): unknown {
  if (Array.isArray(value)) return value.map((item) => reordered(item, weights));
  if (typeof value !== 'object' || value === null) return value;
  const weightOf = (key: string) => weights[(key.length + (key.codePointAt(0) ?? 0)) % weights.length] ?? 0;
  const entries = Object.entries(value).sort(([a], [b]) => weightOf(a) - weightOf(b));
  return Object.fromEntries(entries.map(([key, one]) => [key, reordered(one, weights)]));
}

/** A model without the places of its words; environments by name, for their order is that of the file. */
function meaningOf(text: string) {
  const { positions: _, gates, environments, ...model } = parseModelConfig(text, file);
  const byName = Object.fromEntries(environments.map((environment) => [environment.name, environment]));
  return { ...model, environments: byName, gates: gates.map(({ expression, level }) => ({ expression, level })) };
}

const style = fc.record({
  collectionStyle: fc.constantFrom('any', 'block', 'flow'),
  defaultStringType: fc.constantFrom('PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_LITERAL'),
  indent: fc.constantFrom(2, 4),
  lineWidth: fc.constantFrom(0, 40),
} as const);

function isProblem(parse: () => unknown): boolean {
  try {
    parse();
    return false;
  } catch (thrown) {
    if (!(thrown instanceof ProblemError)) throw thrown;
    for (const { line, column, message, remedy } of thrown.problems) {
      expect(Math.min(line ?? 0, column ?? 0)).toBeGreaterThanOrEqual(1);
      expect(Math.min(message.length, remedy.length)).toBeGreaterThan(0);
    }
    return true;
  }
}

describe('a model.yaml', () => {
  it('means the same in any order of keys and any style of YAML', () => {
    fc.assert(
      fc.property(
        written,
        fc.array(fc.double({ noNaN: true }), { minLength: 7, maxLength: 7 }),
        style,
        (model, weights, options) => {
          const plain = meaningOf(JSON.stringify(model));
          expect(meaningOf(stringify(reordered(model, weights), { ...options, aliasDuplicateObjects: false }))).toEqual(
            plain,
          );
          expect(plain.name).toBe(model.name);
        },
      ),
      { seed, numRuns: 150 },
    );
  });

  it('of any text is a model or problems with a place', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.json().map(String),
      fc
        .array(
          fc.constantFrom(
            'name: ',
            '- ',
            '? ',
            '{',
            '}',
            '[',
            ']',
            '\n',
            '  ',
            '\t',
            '"',
            "'",
            '&a ',
            '*a',
            '<<: ',
            '!!binary ',
            '|',
            '>',
            '#',
            '%',
            '---\n',
            '__proto__: ',
            'gates',
            ':',
            'x',
          ),
          { maxLength: 40 },
        )
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(anything, (text) => {
        isProblem(() => parseModelConfig(text, file));
        isProblem(() => parseRepositoryConfig(text, '.github/model-gitops.yml'));
      }),
      { seed, numRuns: 600 },
    );
  });

  it('with one character changed is a model or problems with a place', () => {
    fc.assert(
      fc.property(written, fc.nat(), fc.string({ unit: 'binary', maxLength: 2 }), (model, at, text) => {
        const whole = stringify(model);
        const place = at % whole.length;
        isProblem(() => parseModelConfig(whole.slice(0, place) + text + whole.slice(place + 1), file));
      }),
      { seed, numRuns: 300 },
    );
  });
});
