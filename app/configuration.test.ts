import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseConfiguration } from './configuration.ts';

const keyOf = (type: 'pkcs1' | 'pkcs8') =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type, format: 'pem' },
  }).privateKey;
const pem = keyOf('pkcs1');
const enough = { APP_ID: '12', PRIVATE_KEY: pem, WEBHOOK_SECRET: 'a secret of both' };

function parse(environment: Record<string, string>, files: Record<string, string> = {}) {
  return parseConfiguration({ environment, readText: (path) => files[path] ?? null });
}
function configured(environment: Record<string, string>, files: Record<string, string> = {}) {
  const parsed = parse(environment, files);
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.configuration;
}
function refused(environment: Record<string, string>, files: Record<string, string> = {}): string {
  const parsed = parse(environment, files);
  return 'problems' in parsed ? parsed.problems.map(({ message }) => message).join('\n') : '';
}

describe('the configuration of the app', () => {
  it('has a default for what need not be given', () => {
    expect(configured(enough)).toEqual({
      appId: 12,
      privateKey: expect.stringContaining('BEGIN PRIVATE KEY'),
      webhookSecret: 'a secret of both',
      host: '127.0.0.1',
      port: 3000,
      apiUrl: 'https://api.github.com',
      logLevel: 'info',
      sweepMinutes: 60,
      settleMs: 500,
    });
  });

  it('takes what is given', () => {
    const more = {
      HOST: '0.0.0.0',
      PORT: '0',
      LOG_LEVEL: 'debug',
      SETTLE_MS: '0',
      SWEEP_MINUTES: '5',
      GHE_HOST: 'github.acme.example',
    };
    expect(configured({ ...enough, ...more })).toMatchObject({
      host: '0.0.0.0',
      port: 0,
      logLevel: 'debug',
      sweepMinutes: 5,
      settleMs: 0,
      apiUrl: 'https://github.acme.example/api/v3',
    });
    const here = { ...enough, GITHUB_API_URL: 'http://127.0.0.1:4000/api/v3/' };
    expect(configured(here).apiUrl).toBe('http://127.0.0.1:4000/api/v3');
  });

  it.each([
    ['as GitHub hands it out', pem],
    ['in one line', pem.replaceAll('\n', '\\n')],
    ['in base64', Buffer.from(pem).toString('base64')],
    ['in PKCS#8', keyOf('pkcs8')],
  ])('takes the private key %s', (_, key) => {
    expect(configured({ ...enough, PRIVATE_KEY: key }).privateKey).toMatch(/^-----BEGIN PRIVATE KEY-----/);
  });

  it('reads the private key from a file', () => {
    const { PRIVATE_KEY: _, ...others } = enough;
    const named = { ...others, PRIVATE_KEY_PATH: '/run/key.pem' };
    expect(configured(named, { '/run/key.pem': pem }).privateKey).toContain('PRIVATE KEY');
    expect(refused(named)).toBe('PRIVATE_KEY_PATH names a file that cannot be read.');
    expect(refused(others)).toBe('PRIVATE_KEY is not given, and no PRIVATE_KEY_PATH either.');
  });

  it('reads a file of settings, in YAML or JSON, below the environment', () => {
    const yaml = 'app-id: 7 # of the test\nport: 8080\nsweep-minutes: 10\n';
    const { APP_ID: _, ...others } = enough;
    const from = (text: string, more = {}) =>
      configured({ ...others, APP_CONFIG: 'app.yml', ...more }, { 'app.yml': text });
    expect(from(yaml)).toMatchObject({ appId: 7, port: 8080, sweepMinutes: 10 });
    expect(from(yaml, { PORT: '9' })).toMatchObject({ appId: 7, port: 9 });
    expect(from('{"app-id": 7, "log-level": "warn"}')).toMatchObject({ appId: 7, logLevel: 'warn' });
  });

  it.each([
    ['port: [1]', 'PORT is no single value.'],
    ['prot: 1', 'app.yml has a setting "prot", which nothing reads.'],
    ['- port', 'app.yml cannot be used: it holds no settings.'],
    ['port: "1', /^app\.yml cannot be used: /],
    ['port: 1\nport: 2', /^app\.yml cannot be used: .*unique/],
  ])('says what is wrong with a file of settings: %s', (text, message) => {
    expect(refused({ ...enough, APP_CONFIG: 'app.yml' }, { 'app.yml': text })).toMatch(message);
  });

  it('says that the file is not there', () => {
    expect(refused({ ...enough, APP_CONFIG: 'app.yml' })).toBe(
      'app.yml cannot be used: it is not there, or not readable.',
    );
  });

  it.each([
    ['APP_ID', 'twelve', "APP_ID is not the number that the app's page shows."],
    ['PRIVATE_KEY', 'hunter2', 'PRIVATE_KEY holds no RSA private key in PEM.'],
    ['WEBHOOK_SECRET', 'development', "WEBHOOK_SECRET is Probot's own default, which everybody knows."],
    ['PORT', '65536', 'PORT is no whole number from 0 to 65535.'],
    ['SETTLE_MS', '9000', 'SETTLE_MS is no whole number from 0 to 8000.'],
    ['SWEEP_MINUTES', '0', 'SWEEP_MINUTES is no whole number from 1 to 1440.'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL is none of trace, debug, info, warn, error, fatal.'],
    ['GHE_HOST', 'https://x', 'GHE_HOST is no host name, such as github.example.com.'],
    ['GITHUB_API_URL', 'http://github.example.com/api/v3', 'GITHUB_API_URL does not begin with https://.'],
    ['GITHUB_API_URL', 'https://anna:x@github.example.com', 'GITHUB_API_URL holds a user name or a password.'],
    ['GITHUB_API_URL', 'github', 'GITHUB_API_URL is no address, such as https://github.example.com/api/v3.'],
  ])('refuses %s %s', (name, value, message) => {
    expect(refused({ ...enough, [name]: value })).toBe(message);
  });

  it('tells all that is wrong at once, and none of the secrets', () => {
    const wrong = { PRIVATE_KEY: 'hunter2-key', PORT: 'x', GHE_HOST: 'a.example', GITHUB_API_URL: 'https://b.example' };
    const parsed = parse({ ...wrong, WEBHOOK_SECRET: 'development' });
    const text = JSON.stringify(parsed);
    for (const name of ['APP_ID', 'PRIVATE_KEY', 'WEBHOOK_SECRET', 'PORT', 'GHE_HOST']) expect(text).toContain(name);
    expect(text).not.toContain('hunter2');
    expect('problems' in parsed && parsed.problems.every(({ code }) => code === 'setting-invalid')).toBe(true);
  });
});
