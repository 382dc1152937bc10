import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { engineLoader, installEngines, listEngines, packEngines } from '@model-gitops/host';
import { create } from 'tar';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EngineRegistry, engineRegistry, integrityOf } from './engine-registry.ts';

type Lock = NonNullable<Parameters<typeof installEngines>[0]['lock']>;
const platform = { os: 'linux', cpu: 'x64', libc: 'glibc' } as const;

let root = '';
let registry: EngineRegistry;
let lock: Lock;
const environment = () => ({
  HOME: root,
  MODEL_GITOPS_ENGINES: join(root, 'engines'),
  npm_config_registry: registry.address,
});
const request = (changes: object = {}) => ({
  environment: environment(),
  projectFolder: root,
  lock,
  platform,
  waitsMs: [],
  ...changes,
});

const problemOf = async (work: Promise<unknown>) =>
  work.then(
    () => ({ code: 'no problem', kind: '', message: '' }),
    (thrown) => {
      const { kind, problems } = thrown as { kind: string; problems: { code: string; message: string }[] };
      return { code: problems[0]?.code, kind, message: problems[0]?.message ?? '' };
    },
  );

/** Nobody listens there any more. */
async function closedAddress(): Promise<string> {
  const closed = await engineRegistry();
  await closed.close();
  return closed.address;
}

async function leftovers(): Promise<string[]> {
  const entries = await readdir(join(root, 'engines'), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function fakeLock(): Promise<Lock> {
  const cpu = ['x64'];
  const packages = await Promise.all([
    registry.serve({
      name: '@duck/api',
      version: '1.0.0',
      files: { 'index.js': "module.exports = require('@duck/bindings');" },
    }),
    registry.serve({
      name: '@duck/bindings',
      version: '1.0.0',
      files: { 'index.js': "module.exports = require('@duck/linux-x64');" },
    }),
    registry.serve({
      name: '@duck/linux-x64',
      version: '1.0.0',
      os: ['linux'],
      cpu,
      libc: ['glibc'],
      files: { 'index.js': "module.exports = 'quack';" },
    }),
    registry.serve({
      name: '@duck/win32-x64',
      version: '1.0.0',
      os: ['win32'],
      cpu,
      files: { 'index.js': "module.exports = 'windows';" },
    }),
  ]);
  const runtime = await registry.serve({
    name: 'runtime',
    version: '2.0.0',
    files: {
      'index.js': "module.exports = require('fs').readdirSync(__dirname + '/bin/napi-v6');",
      'bin/napi-v6/linux/x64/a.node': 'linux',
      'bin/napi-v6/linux/arm64/a.node': 'arm',
      'bin/napi-v6/win32/x64/a.dll': 'windows',
    },
  });
  return {
    schema: 'model-gitops/engines-lock/1',
    engines: [
      { name: '@duck/api', version: '1.0.0', packages },
      { name: 'runtime', version: '2.0.0', packages: [runtime] },
    ],
  };
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'engines-'));
  registry = await engineRegistry();
  lock = await fakeLock();
});
afterEach(async () => {
  await registry.close();
  await rm(root, { recursive: true });
});

describe('installing engines', () => {
  const loadFrom = (folder: string, name: string): unknown => createRequire(join(folder, 'engine.js'))(name);

  it('brings what an engine needs on one platform, and it loads', async () => {
    const [duck, runtime] = await installEngines(request());
    expect([duck, runtime]).toMatchObject([
      { name: '@duck/api', version: '1.0.0', isNew: true },
      { name: 'runtime', version: '2.0.0', isNew: true },
    ]);
    expect(loadFrom(duck?.folder ?? '', '@duck/api')).toBe('quack');
    expect(loadFrom(runtime?.folder ?? '', 'runtime')).toEqual(['linux']);
    expect(await readdir(join(runtime?.folder ?? '', 'node_modules/runtime/bin/napi-v6/linux'))).toEqual(['x64']);
    expect(registry.requests.map(({ url }) => url)).not.toContain('@duck/win32-x64/-/win32-x64-1.0.0.tgz');
    expect((await leftovers()).filter((path) => /partial|package\.tgz/.test(path))).toEqual([]);
  });

  it('asks nothing when they are there', async () => {
    await installEngines(request());
    registry.requests.length = 0;
    expect((await installEngines(request())).map(({ isNew }) => isNew)).toEqual([false, false]);
    expect(registry.requests).toEqual([]);
  });

  it('brings one engine alone', async () => {
    await installEngines(request({ engines: ['runtime'] }));
    expect(listEngines({ from: join(root, 'x.js'), environment: environment(), lock, platform })).toMatchObject([
      { name: '@duck/api', installed: null },
      { name: 'runtime', installed: 'folder', version: '2.0.0', platform: 'linux-x64-glibc' },
    ]);
    expect(await problemOf(installEngines(request({ engines: ['left-pad'] })))).toMatchObject({
      code: 'engine-unknown',
    });
  });

  it('refuses bytes with another digest, and leaves nothing', async () => {
    registry.answer('@duck/linux-x64/-/linux-x64-1.0.0.tgz', new TextEncoder().encode('something else'));
    expect(await problemOf(installEngines(request()))).toMatchObject({
      code: 'engine-digest-mismatch',
      kind: 'could-not-run',
      message: expect.stringContaining('@duck/linux-x64 1.0.0'),
    });
    expect(await leftovers()).toEqual([]);
    registry.answer('@duck/linux-x64/-/linux-x64-1.0.0.tgz', null);
    expect((await installEngines(request())).every(({ isNew }) => isNew)).toBe(true);
  });

  it('refuses a tarball that the registry changed by itself, although it is a good one', async () => {
    const served = await registry.serve({
      name: 'runtime',
      version: '2.0.0',
      files: { 'index.js': 'module.exports = 1;' },
    });
    expect(served.integrity).not.toBe(lock.engines[1]?.packages[0]?.integrity);
    expect(await problemOf(installEngines(request({ engines: ['runtime'] })))).toMatchObject({
      code: 'engine-digest-mismatch',
    });
  });

  it.each([
    ['a link', (folder: string) => symlink('/etc', join(folder, 'package', 'out'))],
    ['nothing at all', null],
  ])('refuses an archive with %s, whose digest is right', async (_, plant) => {
    const folder = join(root, 'evil');
    await mkdir(join(folder, 'package'), { recursive: true });
    await writeFile(join(folder, 'package', 'package.json'), '{"version":"2.0.0"}');
    await plant?.(folder);
    await create({ file: join(root, 'evil.tgz'), cwd: folder, gzip: true }, ['package']);
    const whole = new Uint8Array(await readFile(join(root, 'evil.tgz')));
    const bytes = plant === null ? new TextEncoder().encode('no archive') : whole;
    const path = 'runtime/-/runtime-2.0.0.tgz';
    registry.answer(path, bytes);
    const packages = [{ name: 'runtime', version: '2.0.0', path, integrity: integrityOf(bytes) }];
    const evil: Lock = { ...lock, engines: [{ name: 'runtime', version: '2.0.0', packages }] };
    expect(await problemOf(installEngines(request({ lock: evil })))).toMatchObject({
      code: 'engine-archive-unsafe',
      kind: 'could-not-run',
    });
    expect(await leftovers()).toEqual([]);
  });

  it('never writes outside for a path that leads there', async () => {
    await mkdir(join(root, 'evil', 'package'), { recursive: true });
    await writeFile(join(root, 'evil', 'outside.txt'), 'x');
    const file = join(root, 'evil.tgz');
    await create({ file, cwd: join(root, 'evil', 'package'), gzip: true, preservePaths: true }, ['../outside.txt']);
    const bytes = new Uint8Array(await readFile(file));
    registry.answer('runtime/-/runtime-2.0.0.tgz', bytes);
    const packages = [
      { name: 'runtime', version: '2.0.0', path: 'runtime/-/runtime-2.0.0.tgz', integrity: integrityOf(bytes) },
    ];
    const evil: Lock = { ...lock, engines: [{ name: 'runtime', version: '2.0.0', packages }] };
    expect(await problemOf(installEngines(request({ lock: evil })))).toMatchObject({ code: 'engine-archive-unsafe' });
    expect(await leftovers()).toEqual([]);
  });

  it('says that the registry does not answer, or has no such thing', async () => {
    registry.answer('runtime/-/runtime-2.0.0.tgz', 404);
    const missing = await problemOf(installEngines(request({ engines: ['runtime'], waitsMs: [1, 1] })));
    expect(missing).toMatchObject({ code: 'engine-download-failed', kind: 'could-not-run' });
    expect(missing.message).toMatch(/runtime 2\.0\.0.*answered 404/);
    expect(registry.requests).toHaveLength(1);
    const offline = { ...environment(), npm_config_registry: await closedAddress() };
    const refused = await problemOf(installEngines(request({ environment: offline })));
    expect(refused).toMatchObject({ code: 'engine-download-failed', kind: 'could-not-run' });
    expect(refused.message).toContain('ECONNREFUSED');
    expect(await leftovers()).toEqual([]);
  });

  it('tries again where that may help', async () => {
    registry.answer('runtime/-/runtime-2.0.0.tgz', 503);
    setTimeout(() => registry.answer('runtime/-/runtime-2.0.0.tgz', null), 100);
    await installEngines(request({ engines: ['runtime'], waitsMs: [300, 300] }));
    expect(registry.requests.length).toBeGreaterThan(1);
  });

  it('shows the registry the secret that .npmrc has for it', async () => {
    const host = registry.address.replace('http:', '');
    await writeFile(join(root, '.npmrc'), `registry=${registry.address}\n${host}:_authToken=npm_abc\n`);
    const { npm_config_registry: _, ...rest } = environment();
    await installEngines(request({ environment: rest, engines: ['runtime'] }));
    expect(registry.requests.map(({ authorization }) => authorization)).toEqual(['Bearer npm_abc']);
  });

  it('lets several at once do it: one wins, all work', async () => {
    const all = await Promise.all(Array.from({ length: 6 }, () => installEngines(request())));
    const news = all.flat().filter(({ isNew }) => isNew);
    expect(news.map(({ name }) => name).sort()).toEqual(['@duck/api', 'runtime']);
    for (const [duck] of all) expect(loadFrom(duck?.folder ?? '', '@duck/api')).toBe('quack');
    expect((await leftovers()).filter((path) => path.includes('partial'))).toEqual([]);
  });

  it('lets several processes do it', async () => {
    const program = fileURLToPath(new URL('./install-engines-process.ts', import.meta.url));
    const message = JSON.stringify(request());
    const children = [1, 2].map(() => fork(program, [message], { execArgv: ['--import', 'tsx'] }));
    const codes = await Promise.all(children.map(async (child) => (await once(child, 'close'))[0] as number));
    expect(codes).toEqual([0, 0]);
    expect(
      listEngines({ from: join(root, 'x.js'), environment: environment(), lock, platform }).map((one) => one.installed),
    ).toEqual(['folder', 'folder']);
  });

  it('replaces half of an engine that a crash left', async () => {
    const [, runtime] = await installEngines(request());
    await rm(join(runtime?.folder ?? '', 'node_modules/runtime/package.json'));
    const [, again] = await installEngines(request());
    expect(again).toMatchObject({ isNew: true, folder: runtime?.folder });
    expect(loadFrom(again?.folder ?? '', 'runtime')).toEqual(['linux']);
  });

  it('says that the folder cannot be written', async () => {
    await writeFile(join(root, 'engines'), 'a file');
    expect(await problemOf(installEngines(request()))).toMatchObject({
      code: 'engine-folder-unwritable',
      kind: 'could-not-run',
    });
  });
});

describe('packing engines', () => {
  it('writes a file from which they are installed without a network', async () => {
    const to = join(root, 'out', 'engines.tgz');
    const packed = await packEngines({
      environment: environment(),
      projectFolder: root,
      lock,
      platforms: [platform],
      waitsMs: [],
      to,
    });
    expect(packed).toEqual({
      file: to,
      engines: [
        { name: '@duck/api', version: '1.0.0' },
        { name: 'runtime', version: '2.0.0' },
      ],
      platforms: ['linux-x64-glibc'],
    });
    expect(await readdir(join(root, 'out'))).toEqual(['engines.tgz']);
    registry.requests.length = 0;
    const offline = { ...environment(), npm_config_registry: await closedAddress() };
    const installed = await installEngines(request({ environment: offline, pack: to }));
    expect(installed.map(({ isNew }) => isNew)).toEqual([true, true]);
    expect(registry.requests).toEqual([]);
  });

  it('holds what several platforms need, and says what it lacks', async () => {
    const to = join(root, 'windows.tgz');
    const windows = { os: 'win32', cpu: 'x64', libc: null };
    await packEngines({ environment: environment(), projectFolder: root, lock, platforms: [windows], waitsMs: [], to });
    expect(await problemOf(installEngines(request({ pack: to })))).toMatchObject({ code: 'engine-pack-unusable' });
    await installEngines(request({ pack: to, platform: windows }));
    expect(await problemOf(installEngines(request({ pack: join(root, 'absent.tgz') })))).toMatchObject({
      code: 'engine-pack-unusable',
    });
  });

  it('is not believed: a changed tarball in it is refused', async () => {
    const folder = join(root, 'forged');
    await mkdir(folder);
    for (const { packages } of lock.engines)
      for (const { integrity } of packages)
        await writeFile(join(folder, `${Buffer.from(integrity.slice(7), 'base64').toString('hex')}.tgz`), 'forged');
    const pack = join(root, 'forged.tgz');
    await create({ file: pack, cwd: folder, gzip: true }, await readdir(folder));
    expect(await problemOf(installEngines(request({ pack })))).toMatchObject({ code: 'engine-digest-mismatch' });
    expect(await leftovers()).toEqual([]);
  });

  it('leaves no file where it fails', async () => {
    registry.answer('runtime/-/runtime-2.0.0.tgz', 404);
    const to = join(root, 'engines.tgz');
    const packing = packEngines({
      environment: environment(),
      projectFolder: root,
      lock,
      platforms: [platform],
      waitsMs: [],
      to,
    });
    expect(await problemOf(packing)).toMatchObject({ code: 'engine-download-failed' });
    expect(existsSync(to)).toBe(false);
    expect((await readdir(root)).filter((name) => name.startsWith('.engines'))).toEqual([]);
  });
});

describe('loading engines', () => {
  const plant = async (folder: string, name: string, text: string) => {
    await mkdir(join(folder, 'node_modules', name), { recursive: true });
    await writeFile(join(folder, 'node_modules', name, 'index.js'), text);
  };

  it('takes the one beside the file that was started, and loads it once', async () => {
    await plant(root, 'onnxruntime-node', 'module.exports = { at: Math.random() };');
    const load = engineLoader({ from: join(root, 'dist', 'cli.js'), environment: environment() });
    const engine = await load('onnxruntime-node');
    expect(engine).toMatchObject({ at: expect.any(Number) });
    expect(await load('onnxruntime-node')).toBe(engine);
  });

  it('takes one that the user put into the folder that he names', async () => {
    await plant(join(root, 'engines'), 'onnxruntime-node', "module.exports = 'own';");
    const load = engineLoader({ from: join(root, 'dist', 'cli.js'), environment: environment() });
    expect(await load('onnxruntime-node')).toBe('own');
  });

  it('says what to run on a laptop, and asks no network', async () => {
    const load = engineLoader({ from: join(root, 'dist', 'cli.js'), environment: environment() });
    expect(await problemOf(load('@duckdb/node-api'))).toMatchObject({ code: 'engine-missing', kind: 'could-not-run' });
    expect(registry.requests).toEqual([]);
  });

  it('asks the registry in a workflow, and says that it has none', async () => {
    const load = engineLoader({
      from: join(root, 'dist', 'action.js'),
      environment: { ...environment(), GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: root },
    });
    const problem = await problemOf(load('onnxruntime-node'));
    expect(problem).toMatchObject({ code: 'engine-download-failed', kind: 'could-not-run' });
    expect(registry.requests.map(({ url }) => url)).toEqual([expect.stringMatching(/^onnxruntime-common\/-\//)]);
  });

  it('tells an engine that does not start from one that is not there', async () => {
    await plant(root, 'onnxruntime-node', "throw new Error('GLIBC_2.99 not found');");
    const load = engineLoader({ from: join(root, 'dist', 'cli.js'), environment: environment() });
    expect(await problemOf(load('onnxruntime-node'))).toMatchObject({
      code: 'engine-broken',
      message: expect.stringContaining('GLIBC_2.99'),
    });
  });

  it('loads no other packages', async () => {
    await plant(root, 'left-pad', 'module.exports = 1;');
    const load = engineLoader({ from: join(root, 'x.js'), environment: environment() });
    expect(await problemOf(load('left-pad'))).toMatchObject({ code: 'engine-unknown' });
  });
});
