import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { npmConfiguration, parseNpmrc, readNpmConfiguration } from './npm-configuration.ts';

/** How .npmrc names a variable of the environment. */
const variable = (name: string) => ['$', '{', name, '}'].join('');

describe('.npmrc', () => {
  it('is lines of keys and values, with remarks, quotes and the environment', () => {
    const text = `; a remark\n# another\r\nregistry = "https://npm.example/"\n\n//npm.example/:_authToken=${variable('NPM_SECRET')}\n@acme:registry=https://acme.example\nx=${variable('ABSENT')}\nflag\n`;
    expect(parseNpmrc(text, { NPM_SECRET: 'abc' })).toEqual({
      registry: 'https://npm.example/',
      '//npm.example/:_authToken': 'abc',
      '@acme:registry': 'https://acme.example',
      x: variable('ABSENT'),
    });
  });
});

describe('the configuration of npm', () => {
  it('names the registry of a scope, of all, or the public one', () => {
    const settings = { registry: 'https://npm.example/all', '@duckdb:registry': 'https://duck.example' };
    const { registryOf } = npmConfiguration(settings);
    expect(registryOf('@duckdb/node-api')).toBe('https://duck.example/');
    expect(registryOf('@other/x')).toBe('https://npm.example/all/');
    expect(npmConfiguration({}).registryOf('onnxruntime-node')).toBe('https://registry.npmjs.org/');
  });
  it('gives a secret to the address that it belongs to, and to no other', () => {
    const { authorizationFor } = npmConfiguration({
      '//npm.example/team/:_authToken': 'team',
      '//npm.example/:_auth': 'YTpi',
      '//old.example:8080/:username': 'ana',
      '//old.example:8080/:_password': Buffer.from('secret').toString('base64'),
    });
    expect(authorizationFor('https://npm.example/team/x/-/x-1.tgz')).toBe('Bearer team');
    expect(authorizationFor('https://npm.example/teams/x.tgz')).toBe('Basic YTpi');
    expect(authorizationFor('http://old.example:8080/x.tgz')).toBe(`Basic ${btoa('ana:secret')}`);
    for (const other of ['https://evil.example/team/x.tgz', 'https://npm.example:444/x', 'http://old.example/x'])
      expect(authorizationFor(other)).toBeNull();
  });
  it('names proxies only where they are set', () => {
    expect(npmConfiguration({}).proxies).toEqual({});
    expect(npmConfiguration({ proxy: 'http://p:1', noproxy: 'localhost' }).proxies).toEqual({
      httpProxy: 'http://p:1',
      httpsProxy: 'http://p:1',
      noProxy: 'localhost',
    });
  });
});

describe('reading it', () => {
  let folder = '';
  const project = () => join(folder, 'project');
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'npmrc-'));
    await mkdir(project());
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('puts the environment over the project over the user', async () => {
    await writeFile(join(folder, '.npmrc'), 'registry=https://user.example\n@a:registry=https://a.example\n');
    const here = { HOME: folder };
    expect((await readNpmConfiguration(here, project())).registryOf('x')).toBe('https://user.example/');
    await writeFile(join(project(), '.npmrc'), 'registry=https://project.example/\n');
    expect((await readNpmConfiguration(here, project())).registryOf('x')).toBe('https://project.example/');
    const set = { ...here, npm_config_registry: 'https://environment.example' };
    expect((await readNpmConfiguration(set, project())).registryOf('x')).toBe('https://environment.example/');
    expect((await readNpmConfiguration(set, project())).registryOf('@a/x')).toBe('https://a.example/');
    const other = { ...here, NPM_CONFIG_USERCONFIG: join(folder, 'absent') };
    expect((await readNpmConfiguration(other, join(folder, 'no'))).registryOf('x')).toBe('https://registry.npmjs.org/');
  });

  it('lets a project not see the tokens of the runner', async () => {
    await writeFile(
      join(project(), '.npmrc'),
      `//evil.example/:_authToken=${['INPUT_GITHUB-TOKEN', 'GITHUB_TOKEN', 'ACTIONS_RUNTIME_TOKEN'].map(variable).join('')}\n//npm.example/:_authToken=${variable('NPM_SECRET')}\n`,
    );
    const environment = {
      HOME: folder,
      'INPUT_GITHUB-TOKEN': 'ghs_0123456789',
      GITHUB_TOKEN: 'ghs_0123456789',
      ACTIONS_RUNTIME_TOKEN: 'runtime-token',
      NPM_SECRET: 'npm_abc',
    };
    const { authorizationFor } = await readNpmConfiguration(environment, project());
    expect(authorizationFor('https://evil.example/x')).not.toMatch(/ghs_|runtime/);
    expect(authorizationFor('https://npm.example/x')).toBe('Bearer npm_abc');
  });
});
