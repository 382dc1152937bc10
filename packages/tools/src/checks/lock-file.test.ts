import { describe, expect, it } from 'vitest';
import { missingFamilies, missingPlatforms, unlockedPackages } from './lock-file.ts';

describe('the lock file', () => {
  it('has the packages of every platform', () => {
    const entries = {
      'node_modules/engine': { optionalDependencies: { 'engine-linux': '1', 'engine-darwin': '1' } },
      'node_modules/engine-linux': {},
    };
    expect(missingPlatforms(entries)).toEqual([
      'node_modules/engine may need engine-darwin, which the lock file lacks',
    ]);
    expect(missingPlatforms({ ...entries, 'node_modules/engine-darwin': {} })).toEqual([]);
    expect(missingPlatforms({ ...entries, 'node_modules/engine/node_modules/engine-darwin': {} })).toEqual([]);
  });

  it('knows the families that a registry may serve only in part', () => {
    expect(missingFamilies({})).toContain('the lock file lacks @duckdb/node-bindings-darwin-arm64');
    expect(missingFamilies({ 'node_modules/@esbuild/win32-x64': {} })).not.toContain(
      'the lock file lacks @esbuild/win32-x64',
    );
  });

  it('names no mirror, and has a digest of every package', () => {
    const entries = {
      '': {},
      'packages/git': {},
      'node_modules/@model-gitops/git': { resolved: 'packages/git', link: true },
      'node_modules/a': { integrity: 'sha512-x' },
      'node_modules/b': { integrity: 'sha512-x', resolved: 'https://registry.npmjs.org/b/-/b-1.0.0.tgz' },
      'node_modules/c': { integrity: 'sha512-x', resolved: 'https://mirror.example/c/-/c-1.0.0.tgz' },
      'node_modules/d': { integrity: 'sha1-x' },
    };
    expect(unlockedPackages(entries)).toEqual([
      'node_modules/c comes from mirror.example',
      'node_modules/d has no sha512',
    ]);
  });
});
