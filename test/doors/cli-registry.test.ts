import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { git } from '../contracts/scratch-git.ts';
import { problemCodes, runCli } from './cli-process.ts';
import { type CliWorld, createWorld, onnxFile, scratchFolders, worldIn } from './cli-world.ts';

const scratch = scratchFolders();
let world: CliWorld;

/** What the command line wrote, as a document of that verb that passed. */
async function document(...args: readonly string[]): Promise<Record<string, unknown>> {
  const result = await world.run(...args, '--json');
  expect({ code: result.code, stderr: result.stderr.replace(/^.* …\n/gm, '') }).toEqual({ code: 0, stderr: '' });
  const json = result.json();
  expect(json).toMatchObject({ schema: `model-gitops/${args[0]}/1`, outcome: 'pass' });
  return json;
}

function merge(environment: string): void {
  world.git('fetch', '--quiet', 'origin');
  world.git('merge', '--quiet', '--no-ff', '--no-edit', `origin/model-gitops/promote/fraud/${environment}`);
  world.git('push', '--quiet', 'origin', 'main');
}

/** The life of two versions, in the order in which a team meets it: the tests below read it from top to bottom. */
describe('the registry on a bare origin', () => {
  beforeAll(() => {
    world = createWorld(scratch('life'));
    world.write('data.csv', 'a\n1\n');
    world.write('one.onnx', onnxFile(1));
    world.write('metrics.json', '{"accuracy": 0.93}');
  });

  it('is empty at first', async () => {
    expect(await document('ls')).toMatchObject({ models: [] });
  });

  it('plans a registration and does nothing', async () => {
    const planned = await document('register', 'fraud', '--artifact', 'one.onnx', '--dry-run');
    expect(planned).toMatchObject({ version: '1.0.0', created: false, dryRun: true });
    expect(world.git('ls-remote', 'origin')).not.toContain('refs/tags');
    expect(existsSync(join(world.folder, '.model-gitops/artifacts'))).toBe(false);
  });

  it('registers a file with what is said of it, on the origin', async () => {
    const said = ['--metrics', 'metrics.json', '--data', 'train=data.csv', '--parameter', 'lr=0.1', 'deep=true'];
    const made = await document('register', 'fraud', '--artifact', 'one.onnx', ...said);
    expect(made).toMatchObject({ model: 'fraud', version: '1.0.0', tag: 'fraud@v1.0.0', created: true, gates: [] });
    expect(made.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(world.git('ls-remote', 'origin')).toContain('refs/tags/fraud@v1.0.0');
    const { record } = await document('show', 'fraud');
    expect(record).toMatchObject({
      evaluation: { metrics: { accuracy: 0.93 }, source: 'reported' },
      training: { parameters: { lr: 0.1, deep: true }, dirty: false },
      data: { train: { uri: 'data.csv' } },
      scan: { verdict: 'safe' },
    });
  });

  it('registers the same again as the same', async () => {
    const again = [
      '--metrics',
      'metrics.json',
      '--data',
      'train=data.csv',
      '--parameter',
      'lr=0.1',
      '--parameter',
      'deep=true',
    ];
    expect(await document('register', 'fraud', '--artifact', 'one.onnx', ...again)).toMatchObject({
      version: '1.0.0',
      created: false,
    });
  });

  it('refuses other bytes under a version that is taken, and changes nothing', async () => {
    world.write('two.onnx', onnxFile(2));
    const before = world.git('ls-remote', 'origin');
    const result = await world.run('register', 'fraud', '--artifact', 'two.onnx', '--version', 'v1.0.0', '--json');
    expect(result.code).toBe(1);
    expect(result.json()).toMatchObject({ outcome: 'fail', created: false });
    expect(world.git('ls-remote', 'origin')).toBe(before);
  });

  it('lists versions', async () => {
    await document(
      'register',
      'fraud',
      '--artifact',
      'two.onnx',
      '--metrics',
      '{"accuracy": 0.95}',
      '--version',
      '1.1.0',
    );
    expect(await document('ls', 'fraud')).toMatchObject({
      models: [
        { model: 'fraud', versions: [{ version: '1.0.0', state: 'live' }, { version: '1.1.0' }], environments: {} },
      ],
    });
    const { stdout } = await world.run('ls', 'fraud');
    expect(stdout).toMatch(
      /Version +Registered \(UTC\) +Digest +accuracy +Wanted in\n +1\.1\.0 .* 0\.95\n +1\.0\.0 .* 0\.93\n/,
    );
  });

  it('plans a promotion, and proposes it', async () => {
    const planned = await document('promote', 'fraud', '1.0.0', 'production', '--dry-run');
    expect(planned).toMatchObject({ applied: false, changes: [{ kind: 'open-promotion' }] });
    expect(world.git('ls-remote', 'origin')).not.toContain('promote/fraud');
    const proposed = await document('promote', 'fraud', '1.0.0', 'production');
    expect(proposed).toMatchObject({ applied: true, merge: expect.stringContaining('git merge --no-ff') });
    expect(world.git('ls-remote', 'origin')).toContain('refs/heads/model-gitops/promote/fraud/production');
    expect(await document('ls')).toMatchObject({ models: [{ environments: {} }] });
  });

  it('knows what a merge decided', async () => {
    merge('production');
    expect(await document('ls')).toMatchObject({
      models: [
        {
          environments: {
            production: { wanted: '1.0.0', live: null, commit: expect.stringMatching(/^[0-9a-f]{40}$/) },
          },
        },
      ],
    });
    expect(await document('show', 'fraud@production')).toMatchObject({
      version: '1.0.0',
      environments: ['production'],
    });
  });

  it('assigns where nobody approves', async () => {
    const assigned = await document('promote', 'fraud', '1.1.0', 'staging');
    expect(assigned).toMatchObject({ applied: true, changes: [{ kind: 'assign', version: '1.1.0' }] });
    expect(assigned).not.toHaveProperty('merge');
  });

  it('rolls back to the version before', async () => {
    await document('promote', 'fraud', '1.1.0', 'production');
    merge('production');
    expect(await document('rollback', 'fraud', 'production')).toMatchObject({ version: '1.0.0', applied: true });
    merge('production');
    expect(await document('show', 'fraud@production')).toMatchObject({ version: '1.0.0' });
  });

  it('tells every decision, newest first', async () => {
    const { entries } = (await document('history', 'fraud', 'production')) as {
      entries: { kind: string; version: string; from: string | null }[];
    };
    expect(entries.map(({ kind, version, from }) => [kind, version, from])).toEqual([
      ['rollback', '1.0.0', '1.1.0'],
      ['promote', '1.1.0', '1.0.0'],
      ['promote', '1.0.0', null],
    ]);
    expect((await document('history', 'fraud')).entries).toHaveLength(4);
  });

  it('answers for a moment', async () => {
    expect(await document('at', '2999-01-01')).toMatchObject({
      time: '2999-01-01T00:00:00.000Z',
      models: { fraud: { production: { wanted: '1.0.0', approvedBy: null }, staging: { wanted: '1.1.0' } } },
    });
    expect(await document('at', '2001-01-01T12:00Z')).toMatchObject({ models: {} });
  });

  it('pulls the bytes that were registered', async () => {
    const pulled = await document('pull', 'fraud@production', '--out', 'pulled');
    expect(pulled).toMatchObject({ version: '1.0.0', approved: null, files: [{ name: 'one.onnx' }] });
    expect(new Uint8Array(readFileSync(join(world.folder, 'pulled/one.onnx')))).toEqual(new Uint8Array(onnxFile(1)));
    const usage = await world.run('pull', 'fraud@production', '--json');
    expect([usage.code, problemCodes(usage)]).toEqual([2, ['usage']]);
    const onFile = await world.run('pull', 'fraud@production', '--out', 'one.onnx', '--json');
    expect([onFile.code, problemCodes(onFile)]).toEqual([2, ['out-not-a-folder']]);
  });

  it('knows where a version comes from, and what differs between two', async () => {
    const { nodes, edges } = (await document('lineage', 'fraud@1.0.0')) as {
      nodes: unknown[];
      edges: { kind: string }[];
    };
    expect(nodes.length).toBeGreaterThan(3);
    expect(edges.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['trained-on', 'built-from', 'wanted-in']));
    expect(await document('compare', 'fraud@1.0.0', 'fraud@1.1.0')).toMatchObject({
      metrics: { accuracy: { a: 0.93, b: 0.95, judgement: expect.stringMatching(/^(better|within-noise)$/) } },
      parameters: { lr: { a: 0.1, b: null } },
    });
  });

  it('archives what nobody uses, by a merge', async () => {
    const used = await world.run('archive', 'fraud', '1.0.0', '--json');
    expect([used.code, used.json().outcome]).toEqual([1, 'fail']);
    await document('register', 'fraud', '--artifact', 'two.onnx', '--parameter', 'lr=0.2', '--version', '1.2.0');
    expect(await document('archive', 'fraud', '1.2.0')).toMatchObject({ applied: true });
    merge('archived');
    const { models } = (await document('ls', 'fraud')) as {
      models: { versions: { version: string; state: string }[] }[];
    };
    expect(models[0]?.versions.find(({ version }) => version === '1.2.0')?.state).toBe('archived');
  });

  it('finds nothing that was changed outside the rules, also by its bytes', async () => {
    expect(await document('verify')).toMatchObject({
      findings: [],
      approval: 'unknown',
      checked: { versions: 3, bytes: 3 },
    });
    const other = await world.run('verify', 'frad', '--json');
    expect([other.code, problemCodes(other)]).toEqual([2, ['model-unknown']]);
    const online = await world.run('verify', '--online', '--json');
    expect([online.code, problemCodes(online)]).toEqual([2, ['forge-missing']]);
  });

  it('answers the same from a clone without a network, and on a detached head', async () => {
    const cloned = join(scratch('clone'), 'work');
    git(scratch('any'), 'clone', '--quiet', world.origin, cloned);
    const clone = worldIn(cloned, world.origin);
    clone.git('checkout', '--quiet', '--detach');
    const online = (await clone.run('ls', '--json')).json();
    clone.git('fetch', '--quiet', 'origin', '+refs/heads/*:refs/remotes/origin/*', '--tags');
    clone.git('remote', 'set-url', 'origin', join(cloned, 'gone.git'));
    expect((await clone.run('ls', '--offline', '--json')).json()).toEqual(online);
    expect(online).toMatchObject({ models: [{ environments: { production: { wanted: '1.0.0' } } }] });
  });

  it('finds a pointer that was changed by hand, and refuses to hand its bytes out', async () => {
    const { digest } = (await document('show', 'fraud@1.2.0')) as { digest: string };
    world.write('registry/fraud/production.yaml', `version: 1.2.0\ndigest: ${digest}\n`);
    world.git('commit', '--quiet', '--all', '-m', 'Quickly');
    world.git('push', '--quiet', 'origin', 'main');
    const found = await world.run('verify', '--json');
    expect(found.code).toBe(1);
    expect(found.json()).toMatchObject({ outcome: 'fail', findings: [{ rule: 'pointer-outside-promotion' }] });
    const refused = await world.run('pull', 'fraud@production', '--out', 'refused', '--json');
    expect([refused.code, problemCodes(refused)]).toEqual([1, ['not-approved']]);
    expect(existsSync(join(world.folder, 'refused'))).toBe(false);
    expect(await document('pull', 'fraud@production', '--out', 'allowed', '--allow-unapproved')).toMatchObject({
      version: '1.2.0',
      approved: false,
    });
  });

  it('finds bytes that were changed in the store', async () => {
    const { digest } = (await document('show', 'fraud@1.0.0')) as { digest: string };
    const { record } = (await document('show', 'fraud@1.0.0')) as { record: { artifacts: { sha256: string }[] } };
    const sha256 = record.artifacts[0]?.sha256 ?? digest;
    writeFileSync(join(world.folder, `.model-gitops/artifacts/sha256/${sha256.slice(0, 2)}/${sha256}`), 'other bytes');
    const found = await world.run('verify', 'fraud', '--json');
    expect(found.stdout).toContain('digest-mismatch');
    const refused = await world.run('pull', 'fraud@1.0.0', '--out', 'mismatch', '--json');
    expect([refused.code, problemCodes(refused)]).toEqual([1, ['digest-mismatch']]);
    expect(existsSync(join(world.folder, 'mismatch/one.onnx'))).toBe(false);
  });

  it('finds a tag that was moved', async () => {
    world.git('fetch', '--quiet', '--tags', '--force', 'origin');
    world.git('tag', '--force', '--annotate', '-m', 'mine', 'fraud@v1.1.0', 'HEAD');
    world.git('push', '--quiet', '--force', 'origin', 'refs/tags/fraud@v1.1.0');
    expect((await world.run('verify', '--json')).stdout).toMatch(/tag-moved|record-changed/);
  });
});

describe('places of a registry', () => {
  it('without a remote it writes here, and says so', async () => {
    const folder = scratch('alone');
    git(folder, 'init', '--quiet');
    git(folder, 'config', 'user.name', 'Ana');
    git(folder, 'config', 'user.email', 'ana@example.com');
    writeFileSync(join(folder, 'one.onnx'), onnxFile(1));
    git(folder, 'commit', '--quiet', '--allow-empty', '-m', 'Begin');
    const made = await runCli(['register', 'fraud', '--artifact', 'one.onnx', '--json'], { cwd: folder });
    expect([made.code, made.json().local]).toEqual([0, true]);
    expect(made.json().notes).toEqual(['written to this repository only: nothing was pushed']);
    for (const refused of [
      ['register', 'fraud', '--artifact', 'one.onnx'],
      ['promote', 'fraud', '1.0.0', 'staging', '--dry-run'],
    ]) {
      const { notes } = (await runCli([...refused, '--json'], { cwd: folder })).json() as { notes: string[] };
      expect(notes).toContain('nothing was pushed: this repository only was asked');
    }
    expect(git(folder, 'tag')).toBe('fraud@v1.0.0');
  });

  it('--local pushes nothing', async () => {
    const local = createWorld(scratch('local'));
    local.write('one.onnx', onnxFile(1));
    expect((await local.run('register', 'fraud', '--artifact', 'one.onnx', '--local')).code).toBe(0);
    expect(local.git('ls-remote', 'origin')).not.toContain('refs/tags');
    expect((await local.run('ls', '--local', '--json')).json()).toMatchObject({ models: [{ model: 'fraud' }] });
  });

  it('a bare repository needs a store, and then is a registry like any other', async () => {
    const { origin } = createWorld(scratch('bare'));
    git(origin, 'config', 'user.name', 'Ana');
    git(origin, 'config', 'user.email', 'ana@example.com');
    const folder = scratch('beside');
    writeFileSync(join(folder, 'one.onnx'), onnxFile(1));
    const register = ['register', 'fraud', '--artifact', 'one.onnx', '--repository', origin, '--json'];
    const refused = await runCli(register, { cwd: folder });
    expect([refused.code, problemCodes(refused)]).toEqual([2, ['store-missing']]);
    const stored = ['--store', `dir:${join(folder, 'store')}`];
    const made = await runCli([...register, ...stored], { cwd: folder });
    expect([made.code, made.json().version]).toEqual([0, '1.0.0']);
    const pull = ['pull', 'fraud', '--out', 'out', '--repository', origin, ...stored];
    expect((await runCli(pull, { cwd: folder })).code).toBe(0);
    expect(existsSync(join(folder, 'out/one.onnx'))).toBe(true);
  });

  it('refuses what cannot be registered, and writes nothing', async () => {
    const { folder, run, ...refused } = createWorld(scratch('refused'));
    refused.write('list.json', '[1]');
    refused.write('empty.onnx', '');
    refused.write('nan.json', '{"accuracy": "high"}');
    refused.write('one.onnx', onnxFile(1));
    const unsure = { schema: 'model-gitops/evaluate/1', outcome: 'problem', metrics: {}, gates: [] };
    refused.write('unsure.json', JSON.stringify(unsure));
    const cases: readonly (readonly [readonly string[], string])[] = [
      [['--artifact', 'gone.onnx'], 'model-missing'],
      [['--artifact', 'empty.onnx'], 'model-empty'],
      [['--artifact', 's3://bucket/m.onnx'], 'artifact-remote'],
      [['--artifact', 'one.onnx', '--metrics', 'gone.json'], 'file-missing'],
      [['--artifact', 'one.onnx', '--metrics', 'list.json'], 'not-figures'],
      [['--artifact', 'one.onnx', '--metrics', 'nan.json'], 'not-figures'],
      [['--artifact', 'one.onnx', '--evaluation', 'list.json'], 'not-an-evaluation'],
      [['--artifact', 'one.onnx', '--evaluation', 'unsure.json'], 'not-an-evaluation'],
      [['--artifact', 'one.onnx', '--data', 'train=gone.csv'], 'file-missing'],
      [['--artifact', 'one.onnx', '--version', '1.0'], 'version'],
      [['--artifact', 'one.onnx', '--store', 's3://bucket'], 'store-unknown'],
      [[], 'model-unknown'],
    ];
    for (const [args, code] of cases) {
      const result = await run('register', 'fraud', ...args, '--json');
      expect([args, result.code, problemCodes(result)]).toEqual([args, 2, [code]]);
    }
    expect(git(folder, 'ls-remote', 'origin')).not.toContain('refs/tags');
  });
});

describe('scan', () => {
  it('passes a safe file, and no file that it could not look into', async () => {
    const folder = scratch('scan');
    writeFileSync(join(folder, 'safe.onnx'), onnxFile(1));
    const safe = await runCli(['scan', 'safe.onnx', '--json'], { cwd: folder });
    expect([safe.code, safe.json().verdict]).toEqual([0, 'safe']);
    expect(safe.json()).toMatchObject({
      files: [{ path: 'safe.onnx', format: 'onnx', verdict: 'safe', findings: [] }],
    });
    writeFileSync(join(folder, 'half.onnx'), onnxFile(1).subarray(0, 30));
    writeFileSync(join(folder, 'model.pkl'), Uint8Array.from([0x80, 0x04, 0x95, 0, 0, 0, 0, 0, 0, 0, 0, 0x2e]));
    const all = await runCli(['scan', '.', '--json'], { cwd: folder });
    expect([all.code, all.json().verdict]).toEqual([1, 'unscannable']);
    expect((all.json().files as unknown[]).length).toBe(3);
    const missing = await runCli(['scan', 'gone.onnx', '--json'], { cwd: folder });
    expect([missing.code, problemCodes(missing)]).toEqual([2, ['file-missing']]);
  });

  it('does not pass an empty folder', async () => {
    const result = await runCli(['scan', '.', '--json'], { cwd: scratch('nothing') });
    expect([result.code, result.json().outcome]).toEqual([1, 'inconclusive']);
  });
});
