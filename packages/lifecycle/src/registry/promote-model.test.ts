import { describe, expect, it } from 'vitest';
import type { ModelConfig } from '../config/types.ts';
import { memoryGitStore } from '../testing/memory-git-store.ts';
import {
  commitOnMain,
  mergePromotion,
  type RegistryWorld,
  registration,
  registryWorld,
  testHost,
} from '../testing/registry-world.ts';
import { answerAt } from './answer-at.ts';
import { compareVersions } from './compare-versions.ts';
import { fetchModel } from './fetch-model.ts';
import { readLedger } from './ledger.ts';
import { listHistory, listModels, showModel } from './list-models.ts';
import { archiveVersion, promoteModel, rollbackModel } from './promote-model.ts';
import { registerModel } from './register-model.ts';
import { traceLineage } from './trace-lineage.ts';
import { verifyRegistry } from './verify-registry.ts';

const production = 'model-gitops/promote/fraud/production';
const minute = 60_000;

function ask(version: string, environment: string, changes = {}) {
  return {
    model: 'fraud',
    config: null,
    requestedBy: 'ana',
    dryRun: false,
    local: false,
    mergePlace: 'clone' as const,
    version,
    environment,
    ...changes,
  };
}

function withEnvironments(environments: ModelConfig['environments']): ModelConfig {
  return {
    name: 'fraud',
    file: 'models/fraud/model.yaml',
    folder: 'models/fraud',
    tags: [],
    data: { test: { name: 'test', pattern: 't.csv' }, parseDates: [] },
    features: { format: 'parquet', sensitive: [] },
    evaluate: { slices: [] },
    gates: [],
    environments,
    positions: {},
  };
}

function pull(reference: string, changes = {}) {
  return { reference, at: null, outFolder: 'out', allowUnapproved: false, ...changes };
}

async function twoVersions(): Promise<RegistryWorld> {
  const world = await registryWorld();
  await registerModel(registration(world.head, 'a'), world);
  world.host.advance(minute);
  await registerModel(registration(world.head, 'b', { parameters: { depth: 4 } }), world);
  world.host.advance(minute);
  return world;
}

async function inProduction(version = '1.0.0'): Promise<RegistryWorld> {
  const world = await twoVersions();
  await promoteModel(ask(version, 'production'), world);
  world.host.advance(minute);
  await mergePromotion(world, production);
  world.host.advance(minute);
  return world;
}

describe('promoting', () => {
  it('assigns at once where the policy asks nobody, and knows that it did', async () => {
    const world = await twoVersions();
    expect(await promoteModel(ask('1.0.0', 'staging'), world)).toMatchObject({
      outcome: 'pass',
      applied: true,
      changes: [{ kind: 'assign', from: null }],
    });
    expect(await promoteModel(ask('v1.0.0', 'staging'), world)).toMatchObject({
      outcome: 'pass',
      applied: false,
      changes: [],
    });
    await promoteModel(ask('1.1.0', 'staging'), world);
    await promoteModel(ask('1.0.0', 'staging'), world);
    const { models } = await listModels({ model: 'fraud' }, world);
    expect(models[0]?.environments.staging).toMatchObject({ wanted: '1.0.0', live: null, commit: null });
    const { entries } = await listHistory({ model: 'fraud', environment: 'staging' }, world);
    expect(entries.map((entry) => entry.version)).toEqual(['1.0.0', '1.1.0', '1.0.0']);
    const mistyped = await listHistory({ model: 'fraud', environment: 'stagin' }, world);
    expect(mistyped.entries).toEqual([]);
    expect(mistyped.notes[0]).toBe('there is no decision about stagin yet; there are some in staging');
  });

  it('proposes the two lines on a branch, says how to merge, and wants nothing before', async () => {
    const world = await twoVersions();
    const answer = await promoteModel(ask('1.0.0', 'production'), world);
    expect(answer).toMatchObject({
      applied: true,
      changes: [{ kind: 'open-promotion', branch: production, path: 'registry/fraud/production.yaml' }],
    });
    expect(answer.merge).toBe(`git merge --no-ff --no-edit origin/${production}`);
    expect(answer.changes[0]).toMatchObject({ text: `version: 1.0.0\ndigest: sha256:${'a'.repeat(64)}\n` });
    expect((await listModels({ model: 'fraud' }, world)).models[0]?.environments).toEqual({});
  });

  it('leaves a proposal as it is when asked again, and replaces it by a newer one', async () => {
    const world = await twoVersions();
    const first = await promoteModel(ask('1.0.0', 'production'), world);
    world.host.advance(minute);
    expect((await promoteModel(ask('1.0.0', 'production'), world)).commit).toBe(first.commit);
    const newer = await promoteModel(ask('1.1.0', 'production'), world);
    expect(world.repository.refs.get(`refs/heads/${production}`)).toBe(newer.commit);
    const requests = (await readLedger(world.git, 'fraud')).events.filter(
      (event) => event.kind === 'promotion-requested',
    );
    expect(requests).toHaveLength(2);
  });

  it('wants what was merged, and registers nothing new by it', async () => {
    const world = await inProduction();
    const { models } = await listModels({ model: null }, world);
    const main = world.repository.refs.get('refs/heads/main');
    expect(models[0]?.environments.production).toMatchObject({ wanted: '1.0.0', commit: main });
    expect(await registerModel(registration(main ?? '', 'b', { parameters: { depth: 4 } }), world)).toMatchObject({
      version: '1.1.0',
      created: false,
    });
    expect(await promoteModel(ask('1.0.0', 'production'), world)).toMatchObject({
      outcome: 'pass',
      applied: false,
      changes: [],
    });
  });

  it.each([
    ['9.9.9', 'production', 'not registered'],
    ['1.0.0', 'production', 'gate failed: metrics.accuracy > 0.99'],
  ])('refuses %s to %s: %s', async (version, environment, reason) => {
    const world = await twoVersions();
    const gate = {
      if: 'metrics.accuracy > 0.99',
      passed: false,
      state: 'failed',
      level: 'error',
      reason: '0.9',
    } as const;
    const answer = await promoteModel(ask(version, environment, { judgeGates: () => [gate] }), world);
    expect(answer).toMatchObject({
      outcome: 'fail',
      applied: false,
      changes: [],
      reasons: [expect.stringContaining(reason)],
    });
  });

  it('respects what must come before and how long', async () => {
    const world = await twoVersions();
    const config = withEnvironments([
      { name: 'staging', approval: 'none' },
      { name: 'production', approval: 'pull-request', after: 'staging', soakSeconds: 3600 },
    ]);
    const promote = (environment: string) => promoteModel(ask('1.0.0', environment, { config }), world);
    expect((await promote('production')).reasons[0]).toContain('comes after staging');
    await promote('staging');
    expect((await promote('production')).reasons[0]).toContain('soak');
    world.host.advance(3_600_000);
    expect(await promote('production')).toMatchObject({ outcome: 'pass', applied: true });
  });

  it('does nothing in a dry run', async () => {
    const world = await twoVersions();
    const before = new Map(world.repository.refs);
    expect(await promoteModel(ask('1.0.0', 'production', { dryRun: true }), world)).toMatchObject({
      applied: false,
      changes: [{ kind: 'open-promotion' }],
    });
    expect(world.repository.refs).toEqual(before);
  });

  it('plans anew when another writer was quicker: both ask for the same, one assignment is written', async () => {
    const world = await twoVersions();
    let isFirst = true;
    const git = memoryGitStore({
      repository: world.repository,
      fault: async () => {
        if (isFirst) {
          isFirst = false;
          await promoteModel(ask('1.1.0', 'staging'), { ...world, host: testHost('2026-03-02T10:00:00Z') });
        }
        return undefined;
      },
    });
    expect(await promoteModel(ask('1.1.0', 'staging'), { ...world, git })).toMatchObject({
      outcome: 'pass',
      changes: [],
    });
    const assigned = (await readLedger(world.git, 'fraud')).events.filter((event) => event.kind === 'assigned');
    expect(assigned).toHaveLength(1);
  });

  it.each(['unknown', 'archived', '../x', 'metrics', 'Prod'])('knows no environment %s', async (environment) => {
    const world = await twoVersions();
    await expect(promoteModel(ask('1.0.0', environment), world)).rejects.toMatchObject({ kind: 'input' });
  });
});

describe('rolling back and archiving', () => {
  it('proposes the version before, past gates and soak, and history calls it by its name', async () => {
    const world = await inProduction();
    await promoteModel(ask('1.1.0', 'production'), world);
    await mergePromotion(world, production);
    world.host.advance(minute);
    const answer = await rollbackModel(ask('', 'production'), world);
    expect(answer).toMatchObject({
      version: '1.0.0',
      applied: true,
      changes: [{ purpose: 'rollback', from: '1.1.0' }],
    });
    await mergePromotion(world, production);
    const { entries } = await listHistory({ model: 'fraud', environment: 'production' }, world);
    expect(entries.map(({ kind, version, from }) => [kind, version, from])).toEqual([
      ['rollback', '1.0.0', '1.1.0'],
      ['promote', '1.1.0', '1.0.0'],
      ['promote', '1.0.0', null],
    ]);
    expect((await verifyRegistry({ model: null, bytes: null }, world)).findings).toEqual([]);
  });

  it('has nothing to return to after a first promotion', async () => {
    const world = await inProduction();
    await expect(rollbackModel(ask('', 'production'), world)).rejects.toMatchObject({
      problems: [{ code: 'nothing-to-roll-back' }],
    });
  });

  it('archives by a merge, never what is in use, and then promotes it no more', async () => {
    const world = await inProduction();
    expect(await archiveVersion(ask('1.0.0', ''), world)).toMatchObject({
      outcome: 'fail',
      reasons: [expect.stringContaining('in use: production')],
    });
    const answer = await archiveVersion(ask('1.1.0', ''), world);
    expect(answer.changes[0]).toMatchObject({ purpose: 'archive', text: 'archived:\n  - 1.1.0\n' });
    await mergePromotion(world, 'model-gitops/promote/fraud/archived');
    expect((await showModel({ reference: 'fraud@1.1.0' }, world)).state).toBe('archived');
    expect((await promoteModel(ask('1.1.0', 'production'), world)).reasons[0]).toContain('archived');
    expect((await verifyRegistry({ model: null, bytes: null }, world)).findings).toEqual([]);
  });
});

describe('asking', () => {
  it('answers what decided at a moment', async () => {
    const world = await inProduction();
    const at = async (time: string) => (await answerAt({ time }, world)).models.fraud?.production ?? null;
    expect(await at('2026-03-01T10:02:30Z')).toBeNull();
    expect(await at('2026-03-01T10:03Z')).toMatchObject({
      wanted: '1.0.0',
      live: null,
      code: world.head,
      approvedBy: null,
    });
    await expect(answerAt({ time: 'yesterday' }, world)).rejects.toMatchObject({
      problems: [{ code: 'time-unreadable' }],
    });
  });

  it('traces a version to its origins and its environments', async () => {
    const world = await inProduction('1.1.0');
    const { nodes, edges } = await traceLineage({ reference: 'fraud@production' }, world);
    expect(nodes.map((node) => node.kind).toSorted()).toEqual([
      'artifact',
      'code',
      'environment',
      'version',
      'version',
    ]);
    expect(edges.map((edge) => edge.kind).toSorted()).toEqual(['built-from', 'contains', 'succeeds', 'wanted-in']);
  });

  it('compares two versions by a rule that is given', async () => {
    const world = await twoVersions();
    const answer = await compareVersions(
      { a: 'fraud@1.0.0', b: 'fraud@1.1.0' },
      { ...world, compareMetric: () => 'within-noise' },
    );
    expect(answer.metrics).toEqual({ accuracy: { a: 0.9, b: 0.9, difference: 0, judgement: 'within-noise' } });
    expect(answer.parameters).toEqual({ depth: { a: null, b: 4 } });
  });

  it('names what there is when asked for what is not', async () => {
    const world = await twoVersions();
    await expect(showModel({ reference: 'other' }, world)).rejects.toMatchObject({
      problems: [{ code: 'model-unknown', remedy: expect.stringContaining('fraud') }],
    });
    await expect(showModel({ reference: 'fraud@4.0.0' }, world)).rejects.toMatchObject({
      problems: [{ code: 'version-unknown' }],
    });
  });
});

describe('pulling', () => {
  it('fetches what production wants; without a forge approval is unknown, and it says so', async () => {
    const world = await inProduction();
    const answer = await fetchModel(pull('fraud@production'), world);
    expect(answer).toMatchObject({
      version: '1.0.0',
      approved: null,
      files: [{ name: 'model.onnx', path: 'out/model.onnx' }],
    });
    expect(answer.notes.join()).toContain('unknown');
  });

  it('fetches what a moment in the past wanted', async () => {
    const world = await inProduction();
    await promoteModel(ask('1.1.0', 'production'), world);
    await mergePromotion(world, production);
    expect(await fetchModel(pull('fraud@production'), world)).toMatchObject({ version: '1.1.0' });
    expect(await fetchModel(pull('fraud@production', { at: '2026-03-01T10:03:30Z' }), world)).toMatchObject({
      version: '1.0.0',
    });
  });

  it('refuses a pointer that no promotion merged, unless told', async () => {
    const world = await inProduction();
    await commitOnMain(world, {
      'registry/fraud/production.yaml': `version: 1.1.0\ndigest: sha256:${'b'.repeat(64)}\n`,
    });
    await expect(fetchModel(pull('fraud@production'), world)).rejects.toMatchObject({
      kind: 'refused',
      problems: [{ code: 'not-approved' }],
    });
    expect(await fetchModel(pull('fraud@production', { allowUnapproved: true }), world)).toMatchObject({
      version: '1.1.0',
      approved: false,
    });
  });

  it("refuses a pointer whose digest is not the record's", async () => {
    const world = await inProduction();
    await commitOnMain(world, {
      'registry/fraud/production.yaml': `version: 1.1.0\ndigest: sha256:${'c'.repeat(64)}\n`,
    });
    await expect(fetchModel(pull('fraud@production', { allowUnapproved: true }), world)).rejects.toMatchObject({
      problems: [{ code: 'digest-mismatch' }],
    });
  });
});

describe('fetching what was tampered with', () => {
  it('refuses a tag that names other bytes than its registration did', async () => {
    const world = await twoVersions();
    const name = 'refs/tags/fraud@v1.1.0';
    const [tag] = await world.git.readObjects([world.repository.refs.get(name) ?? '']);
    if (tag?.kind !== 'tag') throw new Error('no tag');
    const message = tag.message.replaceAll('b'.repeat(64), 'a'.repeat(64));
    world.repository.refs.set(name, await world.git.writeObject({ ...tag, message }));
    await expect(fetchModel(pull('fraud@1.1.0'), world)).rejects.toMatchObject({
      kind: 'refused',
      problems: [{ code: 'record-changed' }],
    });
  });

  it('says of an environment what is missing', async () => {
    const world = await inProduction();
    world.repository.refs.delete('refs/tags/fraud@v1.0.0');
    await expect(fetchModel(pull('fraud@production'), world)).rejects.toMatchObject({
      problems: [{ code: 'version-unknown', message: expect.stringContaining('wants fraud 1.0.0') }],
    });
    await commitOnMain(world, { 'registry/fraud/production.yaml': null });
    await expect(fetchModel(pull('fraud@production'), world)).rejects.toMatchObject({
      problems: [{ code: 'version-unknown', message: 'production wants no version of fraud.' }],
    });
  });
});

describe('verifying', () => {
  const rules = async (world: RegistryWorld, bytes = false) => {
    const answer = await verifyRegistry(
      { model: null, bytes: bytes && world.store ? { store: world.store, scratch: 's', isOwn: false } : null },
      world,
    );
    return answer.findings.map((finding) => finding.rule);
  };

  it('finds nothing in an honest registry and leaves approval unknown', async () => {
    const world = await inProduction();
    expect(await verifyRegistry({ model: null, bytes: null }, world)).toMatchObject({
      outcome: 'pass',
      findings: [],
      approval: 'unknown',
    });
  });

  it('finds a pointer changed by hand, now and for ever', async () => {
    const world = await inProduction();
    await commitOnMain(world, {
      'registry/fraud/production.yaml': `version: 1.1.0\ndigest: sha256:${'b'.repeat(64)}\n`,
    });
    expect(await rules(world)).toEqual(['pointer-outside-promotion']);
    await promoteModel(ask('1.0.0', 'production'), world);
    await mergePromotion(world, production);
    expect(await rules(world)).toEqual(['pointer-outside-promotion']);
  });

  it('finds a promotion that was merged with something else in it', async () => {
    const world = await twoVersions();
    const { commit } = await promoteModel(ask('1.0.0', 'production'), world);
    const git = memoryGitStore({ repository: world.repository });
    const files = {
      'registry/fraud/production.yaml': `version: 1.0.0\ndigest: sha256:${'a'.repeat(64)}\n`,
      'train.py': 'evil()\n',
    };
    const main = world.repository.refs.get('refs/heads/main') ?? '';
    const id = await git.writeObject({
      kind: 'commit',
      parents: [main, commit ?? ''],
      files,
      message: 'Merge\n',
      author: { ...world.identity, date: '2026-03-01T11:00:00Z' },
    });
    await git.moveRef('refs/heads/main', main, id);
    expect(await rules(world)).toEqual(['pointer-outside-promotion']);
  });

  it('takes a squash merge of a recorded request', async () => {
    const world = await twoVersions();
    await promoteModel(ask('1.0.0', 'production'), world);
    await commitOnMain(world, {
      'registry/fraud/production.yaml': `version: 1.0.0\ndigest: sha256:${'a'.repeat(64)}\n`,
    });
    expect(await rules(world)).toEqual([]);
  });

  it('takes a request once: the same content again, by hand, is no promotion', async () => {
    const world = await inProduction();
    await promoteModel(ask('1.1.0', 'production'), world);
    await mergePromotion(world, production);
    world.host.advance(minute);
    await commitOnMain(world, {
      'registry/fraud/production.yaml': `version: 1.0.0\ndigest: sha256:${'a'.repeat(64)}\n`,
    });
    expect(await rules(world)).toEqual(['pointer-outside-promotion']);
    await expect(fetchModel(pull('fraud@production'), world)).rejects.toMatchObject({
      kind: 'refused',
      problems: [{ code: 'not-approved' }],
    });
  });

  it('finds an event that a later commit of the ledger changed or deleted', async () => {
    const world = await twoVersions();
    const ledger = 'refs/heads/model-gitops/ledger';
    const path = 'fraud/2026/03/01/registered-1.0.0.json';
    for (const text of ['{', null]) {
      const head = world.repository.refs.get(ledger) ?? '';
      const author = { name: 'Mallory', email: 'm@example.com', date: '2026-03-01T12:00:00Z' };
      const message = 'Tidy up\n';
      const files = { [path]: text, 'README.md': text ?? 'new' };
      const next = await world.git.writeObject({ kind: 'commit', parents: [head], files, message, author });
      world.repository.refs.set(ledger, next);
    }
    const { findings, notes } = await verifyRegistry({ model: null, bytes: null }, world);
    const finding = { rule: 'ledger-rewritten', model: 'fraud', what: expect.stringContaining(path) };
    expect(findings).toEqual([expect.objectContaining(finding), expect.objectContaining(finding)]);
    expect(notes).toContainEqual(expect.stringContaining('vouches for fraud@v1.0.0'));
    await expect(verifyRegistry({ model: 'other', bytes: null }, world)).rejects.toMatchObject({
      problems: [{ code: 'model-unknown' }],
    });
  });

  it('tells of tags that are no versions, and of pointers that nobody can read', async () => {
    const world = await inProduction();
    world.repository.refs.set('refs/tags/fraud@v7.0.0', world.head);
    await commitOnMain(world, { 'registry/fraud/production.yaml': '\ufeffversion: 1.0.0\n' });
    const told = [
      expect.stringContaining('fraud@v7.0.0'),
      expect.stringContaining('registry/fraud/production.yaml: The pointer file is not readable'),
    ];
    expect((await verifyRegistry({ model: null, bytes: null }, world)).notes).toEqual(expect.arrayContaining(told));
    expect((await listModels({ model: null }, world)).notes).toEqual(told);
    expect((await fetchModel(pull('fraud@production', { allowUnapproved: true }), world)).notes).toContainEqual(
      told[1],
    );
  });

  it('answers nothing where the default branch is not the one that it takes for it', async () => {
    const world = await inProduction();
    const renamed = { ...world, defaultBranch: 'trunk' };
    const missing = { problems: [{ code: 'default-branch-missing', message: expect.stringContaining('main') }] };
    await expect(verifyRegistry({ model: null, bytes: null }, renamed)).rejects.toMatchObject(missing);
    await expect(listModels({ model: null }, renamed)).rejects.toMatchObject(missing);
    await expect(promoteModel(ask('1.1.0', 'staging'), renamed)).rejects.toMatchObject(missing);
  });

  it('finds a pointer to nothing and a wrong digest', async () => {
    const world = await twoVersions();
    await commitOnMain(world, {
      'registry/fraud/production.yaml': `version: 7.0.0\ndigest: sha256:${'a'.repeat(64)}\n`,
    });
    expect(await rules(world)).toEqual(['pointer-outside-promotion', 'digest-mismatch']);
  });

  it('finds a changed record, a moved tag and a deleted tag', async () => {
    const world = await twoVersions();
    const { refs } = world.repository;
    const [tag] = await world.git.readObjects([refs.get('refs/tags/fraud@v1.0.0') ?? '']);
    if (tag?.kind !== 'tag') throw new Error('no tag');
    const other = await commitOnMain(world, { 'x.txt': 'x' });
    const put = async (changes: object) =>
      refs.set('refs/tags/fraud@v1.0.0', await world.git.writeObject({ ...tag, ...changes } as never));
    await put({ message: tag.message.replace('0.9', '0.99') });
    expect(await rules(world)).toEqual(['record-changed']);
    await put({ target: other });
    expect(await rules(world)).toEqual(['tag-moved']);
    refs.delete('refs/tags/fraud@v1.0.0');
    expect(await rules(world)).toEqual(['tag-deleted']);
  });

  it('finds bytes that are gone', async () => {
    const world = await twoVersions();
    world.stored.delete('a'.repeat(64));
    expect(await rules(world)).toEqual([]);
    expect(await rules(world, true)).toEqual(['digest-mismatch']);
  });

  it('does not expect bytes in a store that only this clone fills, and says what it did not check', async () => {
    const world = await twoVersions();
    world.stored.delete('a'.repeat(64));
    const { store } = world;
    if (store === null) throw new Error('the world has a store');
    const bytes = { store, scratch: 's', isOwn: true };
    const { outcome, checked, notes } = await verifyRegistry({ model: null, bytes }, world);
    expect({ outcome, bytes: checked.bytes }).toEqual({ outcome: 'pass', bytes: 1 });
    expect(notes).toContain(
      "the bytes of 1 artifact are not in this clone's own store and were not checked: name the store that has them",
    );
  });

  it('finds a rewritten ledger', async () => {
    const world = await twoVersions();
    const ledger = 'refs/heads/model-gitops/ledger';
    const [head] = await world.git.readObjects([world.repository.refs.get(ledger) ?? '']);
    if (head?.kind !== 'commit') throw new Error('no ledger');
    const rewritten = await world.git.writeObject({
      kind: 'commit',
      parents: [],
      files: {},
      message: 'Nothing happened\n',
      author: head.author,
    });
    world.repository.refs.set(ledger, rewritten);
    expect(await rules(world)).toEqual(['ledger-rewritten']);
  });
});
