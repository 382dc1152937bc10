import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { runFixture } from './fixture-action.ts';

const program = fileURLToPath(new URL('./fixture-action-process.ts', import.meta.url));
const token = 'ghs_0123456789abcdef';
let root = '';
const workspace = () => join(root, 'workspace');

/** As a runner hands over: inputs with their defaults, and its command files. */
const given = {
  INPUT_MODEL: 'fraud, churn',
  INPUT_SEED: '7',
  'INPUT_WORKING-DIRECTORY': '.',
  'INPUT_FAIL-ON': 'critical',
  'INPUT_ON-INCONCLUSIVE': 'fail',
  'INPUT_UPLOAD-REPORT': 'false',
  'INPUT_GITHUB-TOKEN': token,
  GITHUB_ACTIONS: 'true',
  GITHUB_JOB: 'models',
};

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly lines: readonly string[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

function parseOutputs(text: string): Record<string, string> {
  const blocks = text.matchAll(/^([\w-]+)<<(ghadelimiter_\S+)\n([\s\S]*?)\n\2$/gm);
  return Object.fromEntries([...blocks].map(([, name, , value]) => [name, value]));
}

type Changes = Readonly<Record<string, string | undefined>>;

async function environmentFor(fixture: string, changes: Changes): Promise<Record<string, string | undefined>> {
  const files = { GITHUB_OUTPUT: join(root, 'output'), GITHUB_STEP_SUMMARY: join(root, 'summary') };
  for (const file of Object.values(files)) await writeFile(file, '');
  return { PATH: process.env.PATH, ...given, ...files, GITHUB_WORKSPACE: workspace(), FIXTURE: fixture, ...changes };
}

async function ranWith(code: number, stdout: string): Promise<Ran> {
  const [outputs, summary] = await Promise.all(['output', 'summary'].map((name) => readFile(join(root, name), 'utf8')));
  return { code, stdout, lines: stdout.split('\n'), outputs: parseOutputs(outputs ?? ''), summary: summary ?? '' };
}

/** As the runner starts an action. */
async function runProcess(fixture: string, changes: Changes = {}): Promise<Ran> {
  const env = await environmentFor(fixture, changes);
  const child = spawn(process.execPath, ['--import', 'tsx', program], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  const [code] = (await once(child, 'close')) as [number];
  return ranWith(code, stdout);
}

/** The same in this process, for the many cases: its environment, output and exit code are put back. */
async function run(fixture: string, changes: Changes = {}): Promise<Ran> {
  const environment = process.env;
  let stdout = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout += String(text);
    return true;
  });
  try {
    process.env = JSON.parse(JSON.stringify(await environmentFor(fixture, changes)));
    await runFixture();
    return await ranWith(Number(process.exitCode), stdout);
  } finally {
    write.mockRestore();
    process.env = environment;
    process.exitCode = undefined;
  }
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'run-action-'));
});
afterAll(() => rm(root, { recursive: true }));
beforeEach(async () => {
  for (const name of ['workspace', 'outside', 'event.json'])
    await rm(join(root, name), { recursive: true, force: true });
  await mkdir(join(workspace(), 'service'), { recursive: true });
});

/** What the runner would obey. */
const commandsOf = (lines: readonly string[]) => lines.filter((line) => /^\s*(::|##\[)/.test(line));

describe('runAction', () => {
  it('tells a pass by outputs, summary, report and document', async () => {
    await writeFile(join(root, 'event.json'), '{"action":"opened","number":3}');
    const ran = await run('pass', { GITHUB_EVENT_PATH: join(root, 'event.json') });
    const reports = join(workspace(), '.model-gitops', 'reports');
    expect(ran.code).toBe(0);
    expect(ran.outputs).toMatchObject({
      outcome: 'pass',
      summary: 'fraud is pass ::error::injected, token ***',
      'report-path': join(reports, 'fixture-action.md'),
      result: join(reports, 'fixture-action.json'),
      version: '1.4.0',
    });
    const document = JSON.parse(await readFile(ran.outputs.result ?? '', 'utf8'));
    expect(document).toMatchObject({
      outcome: 'pass',
      event: { action: 'opened', number: 3 },
      folder: workspace(),
      figure: 'NaN',
      given: { model: ['fraud', 'churn'], seed: 7, 'upload-report': false },
    });
    expect(ran.summary).toContain('fraud');
    expect(await readFile(ran.outputs['report-path'] ?? '', 'utf8')).toBe(ran.summary.replace(/\n+$/, '\n'));
  });

  it.each([
    ['pass', {}, 0],
    ['fail', {}, 1],
    ['fail', { 'INPUT_FAIL-ON': 'info' }, 1],
    ['fail', { 'INPUT_FAIL-ON': 'never' }, 0],
    ['fail', { 'INPUT_FAIL-ON': 'critical', 'INPUT_ON-INCONCLUSIVE': 'pass' }, 1],
    ['inconclusive', {}, 1],
    ['inconclusive', { 'INPUT_FAIL-ON': 'never' }, 1],
    ['inconclusive', { 'INPUT_ON-INCONCLUSIVE': 'pass' }, 0],
    ['input', {}, 2],
    ['input', { 'INPUT_FAIL-ON': 'never', 'INPUT_ON-INCONCLUSIVE': 'pass' }, 2],
    ['could-not-run', {}, 3],
    ['refused', {}, 1],
    ['defect', { 'INPUT_FAIL-ON': 'never' }, 4],
  ] as const)('ends %s with %j by %i', async (fixture, changes, code) => {
    const ran = await run(fixture, changes);
    expect(ran.code).toBe(code);
    const isSoftened = code === 0 && fixture !== 'pass';
    expect(ran.lines.some((line) => line.startsWith('::warning::'))).toBe(isSoftened);
  });

  it.each([
    ['pass', 0],
    ['fail', 1],
    ['defect', 4],
  ])('is a process that ends %s by %i', async (fixture, code) => {
    const ran = await runProcess(fixture);
    expect(ran.code).toBe(code);
    expect(ran.lines[0]).toBe(`::add-mask::${token}`);
    expect(ran.outputs.outcome).toBe(fixture === 'defect' ? undefined : fixture);
  });

  it('tells a problem with its remedy at its line, and no stack', async () => {
    const ran = await run('input');
    expect(ran.lines).toContain(
      '::error title=gate-malformed,file=models/fraud/model.yaml,line=6::Bad (***). Write it well.',
    );
    expect(ran.stdout).not.toMatch(/^\s+at /m);
    expect(ran.outputs).toMatchObject({ outcome: 'problem' });
    expect(JSON.parse(await readFile(ran.outputs.result ?? '', 'utf8'))).toMatchObject({
      schema: 'model-gitops/problem/1',
      outcome: 'problem',
      problems: [{ code: 'gate-malformed', line: 6, column: 5, remedy: 'Write it well.' }],
    });
    expect(ran.summary).toContain('Write it well.');
  });

  it('tells a defect with its stack and where to look', async () => {
    const { lines } = await run('defect');
    const [error] = lines.filter((line) => line.startsWith('::error'));
    expect(error).toMatch(/^::error title=defect::A defect of fixture-action.*%0ATypeError: no such thing.*%0A\s+at /);
  });

  it('tells all that is wrong with the inputs at once', async () => {
    const changes = { INPUT_MODEL: '', INPUT_SEED: 'many', 'INPUT_FAIL-ON': 'sometimes' };
    const { code, lines } = await run('pass', changes);
    expect(code).toBe(2);
    const errors = lines.filter((line) => line.startsWith('::error title=input-invalid'));
    expect(errors.map((line) => /Input "([\w-]+)"/.exec(line)?.[1])).toEqual(['model', 'seed', 'fail-on']);
  });

  it('masks the token before anything else, and writes it nowhere', async () => {
    for (const fixture of ['pass', 'input', 'defect']) {
      const { lines, outputs, summary } = await run(fixture);
      expect(lines[0]).toBe(`::add-mask::${token}`);
      expect(lines.slice(1).join('\n')).not.toContain(token);
      expect(JSON.stringify(outputs)).not.toContain(token);
      expect(summary).not.toContain(token);
      const result = join(workspace(), '.model-gitops', 'reports', 'fixture-action.json');
      if (existsSync(result)) expect(await readFile(result, 'utf8')).not.toContain(token);
    }
  });

  it('shows errors before warnings before notices, ten of each, escaped', async () => {
    const { lines } = await run('annotations');
    const [, ...commands] = commandsOf(lines);
    expect(commands.map((line) => /^::(\w+) /.exec(line)?.[1])).toEqual(
      ['error', 'warning', 'notice'].flatMap((level) => Array.from({ length: 10 }, () => level)),
    );
    expect(commands[0]).toBe(
      '::error title=a%2C title%3A with%0Asigns,file=models/fraud/model.yaml,line=1::error 0: 100 %25%0A::set-output name=x::y',
    );
    expect(commands[9]).toMatch(/\(and 2 more, see the summary\)$/);
  });

  it('writes nothing that the runner would obey but its own commands', async () => {
    const { lines } = await run('fail');
    expect(commandsOf(lines)).toEqual([`::add-mask::${token}`]);
    expect(lines).toContain('fixture-action: fraud is fail ::error::injected, token ***');
  });

  it('keeps the lines of a command from being obeyed', async () => {
    const { lines } = await run('lines');
    const stop = lines.findIndex((line) => line.startsWith('::stop-commands::'));
    const resume = lines.indexOf(`::${lines[stop]?.slice('::stop-commands::'.length)}::`);
    expect(lines.slice(stop + 1, resume)).toEqual(['epoch 1', '::set-output name=stolen::yes', '::add-mask::e']);
  });

  it.each([
    ['absent', null],
    ['broken', '{"action":'],
    ['no object', '[]'],
  ])('does not guess at an event that is %s', async (_, text) => {
    if (text !== null) await writeFile(join(root, 'event.json'), text);
    const { code, lines } = await run('pass', { GITHUB_EVENT_PATH: join(root, 'event.json') });
    expect(code).toBe(3);
    expect(lines.some((line) => line.startsWith('::error title=event-unreadable::'))).toBe(true);
  });

  it('works in a folder of the workspace', async () => {
    const { outputs } = await run('pass', { 'INPUT_WORKING-DIRECTORY': 'service' });
    expect(outputs['report-path']).toBe(join(workspace(), 'service', '.model-gitops', 'reports', 'fixture-action.md'));
  });

  it('does not leave the workspace, and says what is not there', async () => {
    await mkdir(join(root, 'outside'));
    await symlink(join(root, 'outside'), join(workspace(), 'link'));
    for (const [folder, code] of [
      ['..', 'working-directory-outside'],
      [join(root, 'outside'), 'working-directory-outside'],
      ['link', 'working-directory-outside'],
      ['absent', 'working-directory-missing'],
    ] as const) {
      const ran = await run('pass', { 'INPUT_WORKING-DIRECTORY': folder });
      expect(ran.code).toBe(2);
      expect(ran.lines.filter((line) => line.startsWith('::error')).join()).toContain(`title=${code}::`);
      expect(existsSync(join(root, 'outside', '.model-gitops'))).toBe(false);
    }
  });

  it('keeps the report beside the run where the runner can, and says where not', async () => {
    const upload = { 'INPUT_UPLOAD-REPORT': 'true' };
    const service = { ACTIONS_RUNTIME_TOKEN: 'runtime-token', ACTIONS_RESULTS_URL: 'https://results.example/' };
    expect((await run('pass', upload)).stdout).not.toContain('KEPT');
    const kept = /KEPT (.*)/.exec((await run('fail', { ...upload, ...service })).stdout)?.[1] ?? '{}';
    const folder = join(workspace(), '.model-gitops', 'reports');
    expect(JSON.parse(kept)).toEqual({
      name: expect.stringMatching(/^model-gitops-fixture-action-models-[0-9a-f]{8}$/),
      files: [join(folder, 'fixture-action.md'), join(folder, 'fixture-action.json')],
      folder,
    });
    const failed = await run('pass', { ...upload, ...service, FIXTURE_STORE: 'fails' });
    expect(failed.code).toBe(0);
    expect(failed.lines.find((line) => line.startsWith('::warning'))).toMatch(
      /not kept as an artifact.*the service is away/,
    );
  });

  it('says its verdict also where the report cannot be written', async () => {
    await writeFile(join(workspace(), '.model-gitops'), 'a file');
    const ran = await run('fail');
    expect(ran.code).toBe(1);
    expect(ran.outputs).toMatchObject({ outcome: 'fail', 'report-path': '', result: '' });
    expect(ran.lines.find((line) => line.startsWith('::warning'))).toContain('not written into the workspace');
    expect(ran.summary).toContain('fraud');
  });

  it('cuts a summary that GitHub would refuse as a whole', async () => {
    const { summary, code } = await run('large');
    expect(code).toBe(0);
    expect(Buffer.byteLength(summary)).toBeLessThan(2 ** 20);
    expect(summary).toContain('Cut here');
  });

  it('needs no files of a runner', async () => {
    const none = { GITHUB_OUTPUT: undefined, GITHUB_STEP_SUMMARY: undefined };
    const { code, lines } = await run('inconclusive', none);
    expect(code).toBe(1);
    expect(lines).toContain('fixture-action: fraud is inconclusive ::error::injected, token ***');
  });
});
