import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { EventOf, LedgerEvent } from './events.ts';
import type { TaggedVersion } from './facts.ts';
import { planPromotion } from './promotion.ts';
import { VersionRecord } from './record.ts';
import { foldModel, foldRegistry } from './state.ts';

const seed = 20_261_124;
const sha = (n: number) => n.toString(16).padStart(64, '0');

function tagged(n: number): TaggedVersion {
  const version = `1.0.${n}`;
  const record = VersionRecord.parse({
    schema: 'model-gitops/record/1',
    model: 'fraud',
    version,
    description: null,
    owner: null,
    intendedUse: null,
    license: null,
    tags: [],
    artifacts: [{ name: 'm', kind: 'file', format: 'onnx', sha256: sha(n), size: 1, uri: '' }],
    signature: null,
    training: {
      commit: null,
      key: null,
      dirty: false,
      run: null,
      command: null,
      parameters: {},
      environment: { runtime: null, platform: null, image: null, locks: [] },
      code: null,
      seed: null,
    },
    registered: { commit: 'a'.repeat(40), run: null },
    data: {},
    features: { definition: null, columns: [] },
    evaluation: { source: 'none', metrics: {}, reported: {}, bias: {}, performance: {}, gates: [], report: null },
    evidence: [],
    scan: null,
    lineage: { workflowRun: null, parent: null },
    operation: sha(n),
    ledger: null,
  });
  return {
    model: 'fraud',
    version,
    tag: `fraud@v${version}`,
    object: 'b'.repeat(40),
    target: 'a'.repeat(40),
    at: '2026-01-01T00:00:00Z',
    record,
    problems: [],
  };
}

function assigned(n: number, sequence: number, at: string): EventOf<'assigned'> {
  return {
    schema: 'model-gitops/event/1',
    kind: 'assigned',
    id: `assigned-staging-${sequence}`,
    model: 'fraud',
    at,
    environment: 'staging',
    version: `1.0.${n}`,
    digest: `sha256:${sha(n)}`,
    from: null,
    purpose: 'promote',
    sequence,
    requestedBy: null,
  };
}

const times = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  .map((date) => `${date.toISOString().slice(0, 19)}Z`);
const history = fc.array(fc.tuple(fc.nat(9), times), { minLength: 1, maxLength: 12 });

it('the fold does not depend on the order of tags and events, nor on skewed clocks', () => {
  fc.assert(
    fc.property(history, fc.integer(), (steps, shuffle) => {
      const versions = Array.from({ length: 10 }, (_, n) => tagged(n));
      const events: LedgerEvent[] = steps.map(([n, at], index) => assigned(n, index + 1, at));
      const mixed = events
        .map((event, index) => ({ event, key: (index * 7919 + shuffle) % 13 }))
        .sort((a, b) => a.key - b.key);
      const state = foldRegistry({ versions, files: [], events });
      expect(
        foldRegistry({ versions: versions.toReversed(), files: [], events: mixed.map(({ event }) => event) }).map(
          ({ environments, versions: v }) => ({ environments, v }),
        ),
      ).toEqual(state.map(({ environments, versions: v }) => ({ environments, v })));
      expect(state[0]?.environments[0]?.wanted).toBe(`1.0.${steps.at(-1)![0]}`);
    }),
    { seed, numRuns: 100 },
  );
});

it('a plan applied once leaves nothing to plan', () => {
  fc.assert(
    fc.property(history, fc.nat(9), (steps, n) => {
      const versions = Array.from({ length: 10 }, (_, k) => tagged(k));
      const events: LedgerEvent[] = steps.map(([k, at], index) => assigned(k, index + 1, at));
      const question = (all: readonly LedgerEvent[]) => ({
        state: foldModel({ versions, files: [], events: all }, 'fraud'),
        version: `1.0.${n}`,
        policy: { name: 'staging', approval: 'none' } as const,
        now: '2026-01-01T00:00:00Z',
        purpose: 'promote' as const,
        gates: [],
      });
      const { changes } = planPromotion(question(events), 'registry');
      expect(changes).toHaveLength(steps.at(-1)![0] === n ? 0 : 1);
      const applied = [...events, assigned(n, events.length + 1, '2019-01-01T00:00:00Z')];
      expect(planPromotion(question(applied), 'registry').changes).toEqual([]);
    }),
    { seed, numRuns: 100 },
  );
});
