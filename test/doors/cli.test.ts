import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { verbs } from '../../packages/cli/src/verbs.ts';
import { git } from '../contracts/scratch-git.ts';
import { cleanEnvironment, cliWords, problemCodes, runCli } from './cli-process.ts';
import { type CliWorld, createWorld, onnxFile, scratchFolders } from './cli-world.ts';

const scratch = scratchFolders();
let world: CliWorld;
let empty = '';

beforeAll(() => {
  world = createWorld(scratch('common'));
  empty = scratch('empty');
});

const words = (name: string) => name.split(' ');
const refs = () => world.git('for-each-ref', '--format=%(refname) %(objectname)');

describe('help and version', () => {
  it('lists every verb, on standard output', async () => {
    const { code, stdout, stderr } = await runCli(['--help'], { cwd: empty });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const { name } of verbs) for (const word of words(name)) expect(stdout).toContain(word);
  });

  it.each(verbs.map(({ name }) => name))('%s --help has an example', async (name) => {
    const { code, stdout, stderr } = await runCli([...words(name), '--help'], { cwd: empty });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`Examples:\n  model-gitops ${name}`);
  });

  it('says the version of the package', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(await runCli(['--version'], { cwd: empty })).toMatchObject({ code: 0, stdout: `${version}\n` });
  });

  it('helps where no verb is named, and does not pass', async () => {
    const text = await runCli([], { cwd: empty });
    expect(text).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('Usage: model-gitops') });
    const json = await runCli(['--json'], { cwd: empty });
    expect([json.code, problemCodes(json), json.stderr]).toEqual([2, ['usage'], '']);
  });
});

describe('a command line that it does not know', () => {
  it.each([
    ['a verb', ['vaildate'], 'validate'],
    ['an option', ['ls', '--jsno'], '--json'],
    ['a word of a family', ['config', 'chek'], 'check'],
  ])('names the nearest of %s', async (_, args, nearest) => {
    const text = await runCli(args, { cwd: empty });
    expect([text.code, text.stdout]).toEqual([2, '']);
    expect(text.stderr).toContain(nearest);
    const json = await runCli([...args, '--json'], { cwd: empty });
    expect([json.code, json.stderr, problemCodes(json)]).toEqual([2, '', ['usage']]);
    expect(json.json()).toMatchObject({ schema: 'model-gitops/problem/1', outcome: 'problem' });
    expect(json.stdout).toContain(nearest);
  });

  it.each([
    ['too many words', ['ls', 'a', 'b']],
    ['too few words', ['promote', 'fraud']],
    ['a choice that is none', ['evaluate', '--task', 'clustering']],
    ['a number that is none', ['evaluate', '--seed', 'x']],
    ['a pair that is none', ['register', 'fraud', '--data', 'train']],
    ['an empty list', ['validate', 'a.csv', '--parse-dates', 'a,,b']],
    ['an option of files without a file', ['register', 'fraud', '--metrics', 'm.json']],
    ['an option of data without data', ['validate', '--suite', 'suite.json']],
    ['evaluate without a target', ['evaluate', '--predictions', 'p.csv']],
    ['run without a command', ['run', '--']],
  ])('refuses %s', async (_, args) => {
    const end = args.indexOf('--');
    const asked = end < 0 ? [...args, '--json'] : [...args.slice(0, end), '--json', ...args.slice(end)];
    const result = await runCli(asked, { cwd: empty });
    expect([result.code, problemCodes(result)]).toEqual([2, ['usage']]);
  });

  it('refuses a format that is none, in words', async () => {
    const result = await runCli(['ls', '--format', 'xml'], { cwd: empty });
    expect(result).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('text, json, markdown, junit'),
    });
  });
});

describe('model names', () => {
  const hostile = [
    'Fraud',
    '../x',
    'a/b',
    'a b',
    '.git',
    'a\nb',
    'con',
    `a${'b'.repeat(64)}`,
    'naïve',
    '$(id)',
    '',
    '-',
  ];
  const named: readonly (readonly string[])[] = [
    ['ls'],
    ['show'],
    ['history'],
    ['lineage'],
    ['verify'],
    ['features'],
    ['train'],
    ['evaluate'],
    ['check'],
    ['register'],
    ['pull', '--out', 'out'],
  ];

  it('are refused before anything is opened', async () => {
    const before = refs();
    for (const name of hostile) {
      const result = await world.run('ls', '--json', '--', name);
      expect([name, result.code, problemCodes(result)]).toEqual([name, 2, ['model-name']]);
    }
    expect(refs()).toBe(before);
  });

  it.each(named.map((verb) => [verb[0], verb] as const))('are refused by %s', async (_, verb) => {
    const result = await runCli([...verb, '--json', '--', '../x'], { cwd: empty });
    expect([result.code, problemCodes(result)]).toEqual([2, ['model-name']]);
  });

  it('a name that begins with a dash is a name after --', async () => {
    expect(problemCodes(await world.run('ls', '--json', '--', '-fraud'))).toEqual(['model-name']);
    expect(problemCodes(await world.run('ls', '--json', '-fraud'))).toEqual(['usage']);
  });

  it.each([
    [['promote', 'fraud', 'latest', 'production'], 'version'],
    [['promote', 'fraud', '1.0.0', 'metrics'], 'environment-name'],
    [['rollback', 'fraud', '../production'], 'environment-name'],
    [['archive', 'fraud', '1'], 'version'],
    [['show', 'fraud@../x'], 'version'],
    [['at', 'yesterday'], 'time-unreadable'],
  ])('%j is refused as well', async (args, code) => {
    const result = await runCli([...args, '--json'], { cwd: empty });
    expect([result.code, problemCodes(result)]).toEqual([2, [code]]);
  });
});

describe('where the result goes', () => {
  it('tells a problem beside the result, without a stack', async () => {
    const { code, stdout, stderr } = await world.run('show', 'fraud');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('✗ No version of fraud is registered.\n  Register one first.');
    expect(stderr).not.toMatch(/^ {4}at /m);
  });

  it('tells a problem as the result where a machine or a report asked', async () => {
    const json = await world.run('show', 'fraud', '--json');
    expect([json.code, json.stderr, problemCodes(json)]).toEqual([2, '', ['model-unknown']]);
    expect((await world.run('show', 'fraud', '--format', 'markdown')).stdout).toContain('No version of fraud');
    expect((await world.run('show', 'fraud', '--format=junit')).stdout).toContain('<failure type="fail"');
  });

  it('colours only where it is wanted', async () => {
    const coloured = await runCli(['config', 'check'], { cwd: world.folder, env: { FORCE_COLOR: '1' } });
    expect(coloured.stderr).toContain('\u001b[31m');
    const plain = await runCli(['config', 'check'], { cwd: world.folder, env: { FORCE_COLOR: '1', NO_COLOR: '1' } });
    expect(plain.stderr).not.toContain('\u001b');
    expect((await world.run('config', 'check')).stderr).not.toContain('\u001b');
  });

  it('does not mind a reader that has seen enough', async () => {
    const [shell, quoted] = ['bash', cliWords.map((word) => `'${word}'`).join(' ')];
    const script = `${quoted} config schema | true; echo "exit \${PIPESTATUS[0]}"`;
    const env = { ...cleanEnvironment } as NodeJS.ProcessEnv;
    const { stdout, stderr } = await promisify(execFile)(shell, ['-c', script], { cwd: world.folder, env });
    expect({ stdout, stderr }).toEqual({ stdout: 'exit 0\n', stderr: '' });
  });

  it.runIf(existsSync('/dev/full'))('does not pass where its result is lost', async () => {
    const quoted = cliWords.map((word) => `'${word}'`).join(' ');
    const script = `${quoted} config schema >/dev/full; echo "exit $?"`;
    const env = { ...cleanEnvironment } as NodeJS.ProcessEnv;
    const { stdout, stderr } = await promisify(execFile)('bash', ['-c', script], { cwd: world.folder, env });
    expect(stdout).toBe('exit 3\n');
    expect(stderr).toMatch(/^The result could not be written to standard output \(ENOSPC\)\.[^\n]*\n$/);
  });

  it('escapes what other people wrote', async () => {
    const { stderr } = await world.run('ls', 'a\u001b[31mb\u202e');
    expect(stderr).toContain('is not a model name');
    for (const sign of ['\u001b', '\u202e']) expect(stderr).not.toContain(sign);
  });
});

describe('a place that is none', () => {
  it('a folder that is no repository', async () => {
    const result = await runCli(['ls', '--json'], { cwd: empty });
    expect([result.code, problemCodes(result)]).toEqual([2, ['not-a-repository']]);
  });

  it('a folder that is not there', async () => {
    const result = await runCli(['ls', '--json', '--repository', 'nowhere'], { cwd: empty });
    expect([result.code, problemCodes(result)]).toEqual([2, ['repository-missing']]);
  });

  it('a repository without a commit', async () => {
    const folder = scratch('unborn');
    git(folder, 'init', '--quiet');
    git(folder, 'config', 'user.name', 'Ana');
    git(folder, 'config', 'user.email', 'ana@example.com');
    writeFileSync(join(folder, 'm.onnx'), onnxFile(1));
    const result = await runCli(['register', 'fraud', '--artifact', 'm.onnx', '--json'], { cwd: folder });
    expect([result.code, problemCodes(result)]).toEqual([2, ['no-commit']]);
    expect(await runCli(['ls'], { cwd: folder })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('No model'),
    });
  });

  it('nobody who writes', async () => {
    const anonymous = createWorld(scratch('anonymous'));
    anonymous.git('config', '--unset', 'user.name');
    anonymous.git('config', '--unset', 'user.email');
    anonymous.write('m.onnx', onnxFile(1));
    const result = await anonymous.run('register', 'fraud', '--artifact', 'm.onnx', '--json');
    expect([result.code, problemCodes(result)]).toEqual([2, ['identity-missing']]);
    expect(anonymous.git('tag')).toBe('');
    const env = { GIT_AUTHOR_NAME: 'Ana', GIT_AUTHOR_EMAIL: 'ana@example.com' };
    const named = await runCli(['register', 'fraud', '--artifact', 'm.onnx'], { cwd: anonymous.folder, env });
    expect(named).toMatchObject({ code: 0, stdout: expect.stringContaining('registered as 1.0.0') });
  });

  it('a remote that does not answer: questions are answered from the clone, writing could not run', async () => {
    const lonely = createWorld(scratch('lonely'));
    lonely.write('m.onnx', onnxFile(1));
    await lonely.run('register', 'fraud', '--artifact', 'm.onnx');
    lonely.git('fetch', '--quiet');
    lonely.git('remote', 'set-url', 'origin', join(lonely.folder, 'gone.git'));
    const listed = await lonely.run('ls', '--json');
    expect(listed.code).toBe(0);
    expect(listed.json()).toMatchObject({ models: [{ model: 'fraud', versions: [{ version: '1.0.0' }] }] });
    expect(listed.stdout).toContain('the remote did not answer');
    lonely.write('m.onnx', onnxFile(2));
    const refused = await lonely.run('register', 'fraud', '--artifact', 'm.onnx', '--json');
    expect([refused.code, problemCodes(refused)]).toEqual([3, ['remote-unreachable']]);
    const local = await lonely.run('register', 'fraud', '--artifact', 'm.onnx', '--local', '--json');
    expect(local.json()).toMatchObject({ outcome: 'pass', created: true, local: true });
  });
});
