import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { enginesLock, lockDigest, lockedEngine } from './engines-lock.ts';
import { packagesFor } from './fetch-verified.ts';
import { isForeignFile, platformName, thisPlatform } from './platform.ts';
import { renderEnginesLock } from './render-engines-lock.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const packageLock = read('../../../../package-lock.json');
const linux = { os: 'linux', cpu: 'x64', libc: 'glibc' } as const;
const namesOf = (engine: string, platform: Parameters<typeof packagesFor>[1]) =>
  packagesFor(lockedEngine(enginesLock, engine), platform).map(({ name }) => name);
const codeOf = (work: () => unknown) => {
  try {
    work();
    return null;
  } catch (thrown) {
    return (thrown as { problems: { code: string }[] }).problems[0]?.code;
  }
};

describe('the lock of engines', () => {
  it('is what package-lock.json says', () => {
    expect(read('./engines-lock.json')).toBe(renderEnginesLock(packageLock));
  });
  it('follows a change of package-lock.json', () => {
    const changed = packageLock.replaceAll('7fdVWjAID1dVhH', 'AAAAAAAAAAAAAA');
    expect(renderEnginesLock(changed)).not.toBe(renderEnginesLock(packageLock));
  });
  it('says which package has no digest', () => {
    const { packages } = JSON.parse(packageLock) as { packages: Record<string, object> };
    delete packages['node_modules/detect-libc'];
    expect(() => renderEnginesLock(JSON.stringify({ packages }))).toThrow('detect-libc');
  });
  it('has every platform that the engines have', () => {
    const names = lockedEngine(enginesLock, '@duckdb/node-api').packages.map(({ name }) => name);
    for (const platform of ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64-musl', 'win32-arm64', 'win32-x64'])
      expect(names).toContain(`@duckdb/node-bindings-${platform}`);
  });
  it('has no package that only an install script needs', () => {
    expect(namesOf('onnxruntime-node', linux)).toEqual(['onnxruntime-common', 'onnxruntime-node']);
  });
  it('gives one native package a platform', () => {
    const common = ['@duckdb/node-api', '@duckdb/node-bindings'];
    expect(namesOf('@duckdb/node-api', linux)).toEqual([...common, '@duckdb/node-bindings-linux-x64', 'detect-libc']);
    expect(namesOf('@duckdb/node-api', { ...linux, libc: 'musl' })).toContain('@duckdb/node-bindings-linux-x64-musl');
    expect(namesOf('@duckdb/node-api', { os: 'win32', cpu: 'x64', libc: null })).toEqual([
      ...common,
      '@duckdb/node-bindings-win32-x64',
      'detect-libc',
    ]);
  });
  it('says where an engine has no build', () => {
    expect(codeOf(() => namesOf('@duckdb/node-api', { os: 'freebsd', cpu: 'x64', libc: null }))).toBe(
      'engine-unsupported',
    );
    expect(codeOf(() => namesOf('@duckdb/node-api', { ...linux, cpu: 's390x' }))).toBe('engine-unsupported');
    expect(codeOf(() => namesOf('onnxruntime-node', { os: 'aix', cpu: 'ppc64', libc: null }))).toBe(
      'engine-unsupported',
    );
  });
  it('does not know other engines', () => {
    expect(codeOf(() => lockedEngine(enginesLock, 'left-pad'))).toBe('engine-unknown');
  });
  it('has another digest for other engines', () => {
    expect(lockDigest(enginesLock)).toMatch(/^[0-9a-f]{16}$/);
    expect(lockDigest({ ...enginesLock, engines: [] })).not.toBe(lockDigest(enginesLock));
  });
});

describe('a platform', () => {
  it('keeps its own native files and none of the others', () => {
    const native = 'package/bin/napi-v6/linux/x64/libonnxruntime.so.1';
    expect(isForeignFile(native, linux)).toBe(false);
    expect(isForeignFile(native, { ...linux, cpu: 'arm64' })).toBe(true);
    expect(isForeignFile('package/bin/napi-v6/win32/x64/DirectML.dll', linux)).toBe(true);
    expect(isForeignFile('package/dist/index.js', linux)).toBe(false);
  });
  it('knows this machine', () => {
    const { os, cpu, libc } = thisPlatform();
    expect([os, cpu]).toEqual([process.platform, process.arch]);
    expect(libc === null).toBe(process.platform !== 'linux');
    expect(platformName(linux)).toBe('linux-x64-glibc');
    expect(platformName({ os: 'win32', cpu: 'x64', libc: null })).toBe('win32-x64');
  });
});
