import { describe, expect, it } from 'vitest';
import type { GateResult } from '../documents.ts';
import { evaluated } from '../testing/evaluated.ts';
import { memoryGitStore } from '../testing/memory-git-store.ts';
import { registration, registryWorld } from '../testing/registry-world.ts';
import { readLedger } from './ledger.ts';
import { listModels, showModel } from './list-models.ts';
import { registerModel } from './register-model.ts';

const refs = (world: { repository: { refs: Map<string, string> } }) => [...world.repository.refs.keys()].sort();

describe('registering', () => {
  it('creates a tag with the record, and its witness in the ledger', async () => {
    const world = await registryWorld();
    const answer = await registerModel(registration(world.head, 'a'), world);
    expect(answer).toMatchObject({
      outcome: 'pass',
      version: '1.0.0',
      tag: 'fraud@v1.0.0',
      created: true,
      digest: `sha256:${'a'.repeat(64)}`,
    });
    const shown = await showModel({ reference: 'fraud' }, world);
    expect(shown.record).toMatchObject({
      evaluation: { source: 'reported', metrics: { accuracy: 0.9 } },
      registered: { commit: world.head },
    });
    const [event] = (await readLedger(world.git, 'fraud')).events;
    expect(event).toMatchObject({
      kind: 'registered',
      version: '1.0.0',
      at: '2026-03-01T10:00:00Z',
      tagObject: world.repository.refs.get('refs/tags/fraud@v1.0.0'),
    });
  });

  it('answers the same operation with the version that there is, also days and commits later', async () => {
    const world = await registryWorld();
    await registerModel(registration(world.head, 'a'), world);
    world.host.advance(5 * 86_400_000);
    const before = refs(world);
    const answer = await registerModel(registration('f'.repeat(40), 'a'), world);
    expect(answer).toMatchObject({
      outcome: 'pass',
      version: '1.0.0',
      created: false,
      notes: ['fraud 1.0.0 is this already', expect.any(String)],
    });
    expect(refs(world)).toEqual(before);
    expect((await readLedger(world.git, 'fraud')).events).toHaveLength(1);
  });

  it('finds the operation whether or not its number was named', async () => {
    const world = await registryWorld();
    await registerModel(registration(world.head, 'a', { version: 'v2.0.0' }), world);
    expect(await registerModel(registration(world.head, 'a'), world)).toMatchObject({
      version: '2.0.0',
      created: false,
    });
    expect(await registerModel(registration(world.head, 'a', { version: '2.0.0' }), world)).toMatchObject({
      created: false,
      outcome: 'pass',
    });
  });

  it('refuses an explicit version with other bytes and changes nothing', async () => {
    const world = await registryWorld();
    await registerModel(registration(world.head, 'a', { version: '1.0.0' }), world);
    const before = new Map(world.repository.refs);
    const answer = await registerModel(registration(world.head, 'b', { version: '1.0.0' }), world);
    expect(answer).toMatchObject({
      outcome: 'fail',
      created: false,
      version: null,
      reasons: [expect.stringContaining('other bytes')],
    });
    expect(world.repository.refs).toEqual(before);
    expect(world.stored.has('b'.repeat(64))).toBe(false);
  });

  it('numbers by what changed', async () => {
    const world = await registryWorld();
    const next = async (digit: string, changes = {}) =>
      (await registerModel(registration(world.head, digit, changes), world)).version;
    expect(await next('a')).toBe('1.0.0');
    expect(await next('b')).toBe('1.0.1');
    expect(await next('c', { parameters: { depth: 3 } })).toBe('1.1.0');
    expect(await next('d', { parameters: { depth: 3 }, signature: { inputs: ['x'] } })).toBe('2.0.0');
  });

  it('skips the number of a tag that is not ours', async () => {
    const world = await registryWorld();
    world.repository.refs.set('refs/tags/fraud@v3.0.0', world.head);
    expect(await registerModel(registration(world.head, 'a'), world)).toMatchObject({ version: '3.0.1' });
    expect(await registerModel(registration(world.head, 'b', { version: '3.0.0' }), world)).toMatchObject({
      outcome: 'fail',
    });
    expect((await listModels({ model: null }, world)).notes[0]).toContain('fraud@v3.0.0');
  });

  it('gives the loser of a race the next number', async () => {
    const world = await registryWorld();
    let isFirst = true;
    const rival = { ...world };
    const git = memoryGitStore({
      repository: world.repository,
      fault: async (name) => {
        if (!name.startsWith('refs/tags/') || !isFirst) return undefined;
        isFirst = false;
        await registerModel(registration(world.head, 'b'), rival);
        return undefined;
      },
    });
    expect(await registerModel(registration(world.head, 'a'), { ...world, git })).toMatchObject({
      version: '1.0.1',
      created: true,
    });
  });

  it.each(['lost-before', 'lost-after'] as const)('registers once when the answer is %s', async (fault) => {
    const world = await registryWorld();
    const faults = new Map([
      ['refs/tags/fraud@v1.0.0', fault],
      ['refs/heads/model-gitops/ledger', fault],
    ]);
    const git = memoryGitStore({
      repository: world.repository,
      fault: (name) => {
        const planned = faults.get(name);
        faults.delete(name);
        return planned;
      },
    });
    expect(await registerModel(registration(world.head, 'a'), { ...world, git })).toMatchObject({
      version: '1.0.0',
      created: true,
    });
    expect(refs(world)).toEqual(['refs/heads/main', 'refs/heads/model-gitops/ledger', 'refs/tags/fraud@v1.0.0']);
    expect((await readLedger(world.git, 'fraud')).events).toHaveLength(1);
  });

  it('gives up after two minutes of lost races', async () => {
    const world = await registryWorld();
    const git = memoryGitStore({ repository: world.repository, fault: () => 'conflict' });
    await expect(registerModel(registration(world.head, 'a'), { ...world, git })).rejects.toMatchObject({
      kind: 'could-not-run',
      problems: [{ code: 'contention' }],
    });
    expect(world.host.now().getTime() - Date.parse('2026-03-01T10:00:00Z')).toBeLessThanOrEqual(120_000);
  });

  it('writes the missing witness when it is run again after a crash', async () => {
    const world = await registryWorld();
    const git = memoryGitStore({
      repository: world.repository,
      fault: (name) => {
        if (name.endsWith('ledger')) throw new Error('killed');
        return undefined;
      },
    });
    await expect(registerModel(registration(world.head, 'a'), { ...world, git })).rejects.toThrow('killed');
    world.host.advance(86_400_000);
    expect(await registerModel(registration(world.head, 'a'), world)).toMatchObject({ created: false });
    expect((await readLedger(world.git, 'fraud')).events).toMatchObject([
      { id: 'registered-1.0.0', at: '2026-03-01T10:00:00Z' },
    ]);
  });

  it('registers nothing where a gate failed, and says which', async () => {
    const world = await registryWorld();
    const answer = await registerModel(registration(world.head, 'a', { evaluation: evaluated(false) }), world);
    expect(answer).toMatchObject({
      outcome: 'fail',
      version: null,
      created: false,
      reasons: ['gate failed: metrics.accuracy > 0.9 (0.95)'],
    });
    expect(refs(world)).toEqual(['refs/heads/main']);
    expect(world.stored.size).toBe(0);
  });

  it('is not held up by a gate that asks for an environment without a version', async () => {
    const world = await registryWorld();
    const [gate] = evaluated(true).gates;
    const idle: GateResult = {
      if: 'metrics.accuracy >= production.metrics.accuracy',
      passed: false,
      state: 'not-applicable',
      level: 'error',
      reason: 'there is no version in production yet',
    };
    const evaluation = { ...evaluated(true), gates: [...(gate === undefined ? [] : [gate]), idle] };
    const answer = await registerModel(registration(world.head, 'a', { evaluation }), world);
    expect(answer).toMatchObject({ outcome: 'pass', created: true, version: '1.0.0' });
  });

  it('takes figures that JSON lacks into the record', async () => {
    const world = await registryWorld();
    await registerModel(registration(world.head, 'a', { evaluation: evaluated(true) }), world);
    const { record } = await showModel({ reference: 'fraud@1.0.0' }, world);
    expect(record.evaluation).toMatchObject({
      source: 'computed',
      metrics: { accuracy: 0.95, roc_auc: 'NaN' },
      performance: { p95Ms: 2 },
    });
  });

  it('is not confused by timings: evaluating again registers nothing', async () => {
    const world = await registryWorld();
    await registerModel(registration(world.head, 'a', { evaluation: evaluated(true) }), world);
    const slower = { ...evaluated(true), performance: { rowsPerSecond: 9, p50Ms: 9, p95Ms: 9 } };
    expect(await registerModel(registration(world.head, 'a', { evaluation: slower }), world)).toMatchObject({
      created: false,
    });
  });

  it('refuses an evaluation of other bytes', async () => {
    const world = await registryWorld();
    const request = registration(world.head, 'a', { evaluation: evaluated(true, 'c'.repeat(64)) });
    await expect(registerModel(request, world)).rejects.toMatchObject({
      kind: 'input',
      problems: [{ code: 'evaluation-of-other-bytes' }],
    });
  });

  it('refuses what a scan found dangerous', async () => {
    const world = await registryWorld();
    const request = registration(world.head, 'a', { scan: { verdict: 'dangerous', scannerVersion: '1' } });
    expect(await registerModel(request, world)).toMatchObject({ outcome: 'fail', version: null });
  });

  it('writes nothing in a dry run', async () => {
    const world = await registryWorld();
    expect(await registerModel(registration(world.head, 'a', { dryRun: true }), world)).toMatchObject({
      version: '1.0.0',
      created: false,
      dryRun: true,
    });
    expect(refs(world)).toEqual(['refs/heads/main']);
  });

  it('records a dirty tree as dirty and says so', async () => {
    const world = await registryWorld();
    const answer = await registerModel(
      registration(world.head, 'a', { commit: { head: world.head, dirty: ['train.py'], workflowRun: null } }),
      world,
    );
    expect(answer.notes.join()).toContain('dirty');
    expect((await showModel({ reference: 'fraud' }, world)).record.training.dirty).toBe(true);
  });

  it('names every problem of a request at once', async () => {
    const world = await registryWorld();
    const request = registration(null, 'a', { artifacts: [] });
    await expect(registerModel(request, { ...world, store: null })).rejects.toMatchObject({
      problems: [{ code: 'artifact-none' }, { code: 'no-commit' }],
    });
  });

  it('refuses a record that does not fit into a tag', async () => {
    const world = await registryWorld();
    const request = registration(world.head, 'a', { parameters: { text: 'x'.repeat(70_000) } });
    await expect(registerModel(request, world)).rejects.toMatchObject({ problems: [{ code: 'record-too-large' }] });
    expect(refs(world)).toEqual(['refs/heads/main']);
  });

  it.each([
    '..',
    '.git',
    'x.lock',
    'Fraud',
    'frаud',
    'a..b',
    '@{u}',
    'a/b',
    '',
    '-x',
    'con',
    '__proto__',
    'a\u202eb',
    'a b',
    'x'.repeat(65),
  ])('refuses the model name %j', async (model) => {
    const world = await registryWorld();
    await expect(registerModel(registration(world.head, 'a', { model }), world)).rejects.toMatchObject({
      kind: 'input',
      problems: [{ code: 'model-name' }],
    });
  });
});
