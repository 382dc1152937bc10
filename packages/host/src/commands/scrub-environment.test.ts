import { describe, expect, it } from 'vitest';
import { runnerTokens, scrubEnvironment, secretMask } from './scrub-environment.ts';

const token = 'ghs_0123456789';

describe('the environment of a command', () => {
  it('has none of our inputs, of the runner’s files and tokens, whatever their case', () => {
    const runner = {
      'INPUT_GITHUB-TOKEN': token,
      input_model: 'fraud',
      ACTIONS_RUNTIME_URL: 'https://example',
      GITHUB_TOKEN: token,
      GH_ENTERPRISE_TOKEN: 'x',
      RUNNER_SECRET_TOKEN: 'x',
      Github_Env: '/env',
      GITHUB_PATH: '/path',
      NODE_CHANNEL_FD: '3',
    };
    expect(scrubEnvironment({ ...runner, PATH: '/bin', GITHUB_SHA: 'abc' })).toEqual({
      PATH: '/bin',
      GITHUB_SHA: 'abc',
    });
  });
  it('has no copy of such a token either, but short values are no tokens', () => {
    const copies = { CI_TOKEN: token, REMOTE: `https://x:${token}@host/`, GH_TOKEN: 'on', FLAG: 'on' };
    expect(scrubEnvironment({ GITHUB_TOKEN: token, ...copies })).toEqual({ FLAG: 'on' });
    expect(runnerTokens({ GITHUB_TOKEN: token, GH_TOKEN: 'on' })).toEqual([token]);
  });
  it('keeps the user’s own secrets, which his training needs', () => {
    expect(scrubEnvironment({ HF_TOKEN: 'hf_abcdefghijk', AWS_SECRET_ACCESS_KEY: 'k' })).toEqual({
      HF_TOKEN: 'hf_abcdefghijk',
      AWS_SECRET_ACCESS_KEY: 'k',
    });
  });
  it('keeps the user’s options of Node, without our loader', () => {
    const cleaned = (NODE_OPTIONS: string) => scrubEnvironment({ NODE_OPTIONS }).NODE_OPTIONS;
    expect(cleaned('--max-old-space-size=8192 --import tsx')).toBe('--max-old-space-size=8192');
    expect(cleaned('--require /a/tsx/preflight.cjs --import=file:///a/tsx/loader.mjs -r ./own.js')).toBe('-r ./own.js');
    expect(cleaned('--import tsx')).toBeUndefined();
    expect(cleaned('--trace-warnings')).toBe('--trace-warnings');
  });
});

describe('what a command prints', () => {
  it('loses the values of variables that are named like secrets', () => {
    const mask = secretMask({
      HF_TOKEN: 'hf_abcdefghijk',
      DB_PASSWORD: 'correct horse',
      AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI',
    });
    expect(mask('using hf_abcdefghijk and correct horse, wJalrXUtnFEMI')).toBe('using *** and ***, ***');
  });
  it('hides the longer of two secrets first', () => {
    expect(secretMask({ A_TOKEN: 'abcdefgh', B_TOKEN: 'abcdefghijkl' })('abcdefghijkl abcdefgh')).toBe('*** ***');
  });
  it('keeps what is no secret by name, or too short to be one', () => {
    const mask = secretMask({
      TOKENIZERS_PARALLELISM: 'falsefalse',
      TOKENIZER: 'bert-base',
      API_KEY: 'on',
      EMPTY_TOKEN: '',
    });
    expect(mask('falsefalse bert-base on')).toBe('falsefalse bert-base on');
  });
});
