import { PassThrough } from 'node:stream';
import { ProblemError, type ProblemKind } from '@model-gitops/lifecycle';
import { describe, expect, it } from 'vitest';
import { answerCall } from './answer-call.ts';
import type { Start, Streams } from './main.ts';
import type { Options, Perform, Verb } from './verb.ts';

interface Told {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Answers a call of a verb that does `perform`. */
async function tell(perform: Perform, options: Partial<Options> = {}): Promise<Told> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const streams = { stdin: new PassThrough(), stdout, stderr } as unknown as Streams;
  const start: Start = { argv: [], environment: {}, streams, from: import.meta.url };
  const verb = { name: 'try', progress: 'trying', load: async () => perform } as unknown as Verb;
  const code = await answerCall({ kind: 'call', verb, words: [], options: { repository: '.', ...options } }, start);
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

const report = { headline: 'said', blocks: [], cases: [], annotations: [] } as const;

function ending(outcome: 'pass' | 'fail' | 'inconclusive', document: object = {}): Perform {
  return async () => ({
    document: { schema: 'model-gitops/try/1', outcome, ...document },
    reports: [{ ...report, outcome }],
    outcome,
    problemKind: null,
  });
}

const throwing =
  (thrown: unknown): Perform =>
  () =>
    Promise.reject(thrown);
const problem = { code: 'gone', message: 'It is gone.', remedy: 'Bring it.\nOr not.', file: 'a.txt', line: 3 };

describe('the exit code', () => {
  it('follows the verdict, whatever the format', async () => {
    for (const format of ['text', 'json', 'markdown', 'junit']) {
      expect((await tell(ending('pass'), { format })).code).toBe(0);
      expect((await tell(ending('fail'), { format })).code).toBe(1);
      expect((await tell(ending('inconclusive'), { format })).code).toBe(1);
    }
  });

  it('lets go what it is told to let go, and nothing else', async () => {
    expect((await tell(ending('fail'), { failOn: 'never' })).code).toBe(0);
    expect((await tell(ending('inconclusive'), { failOn: 'never' })).code).toBe(1);
    expect((await tell(ending('inconclusive'), { onInconclusive: 'pass' })).code).toBe(0);
    expect((await tell(ending('fail'), { onInconclusive: 'pass' })).code).toBe(1);
    const refused = throwing(new ProblemError(problem, { kind: 'refused' }));
    expect((await tell(refused, { failOn: 'never', onInconclusive: 'pass' })).code).toBe(1);
  });

  it.each<[ProblemKind, number]>([
    ['input', 2],
    ['could-not-run', 3],
    ['refused', 1],
  ])('of a problem of kind %s is %i', async (kind, code) => {
    expect((await tell(throwing(new ProblemError(problem, { kind })))).code).toBe(code);
  });
});

describe('what is told', () => {
  it('figures that JSON lacks as text', async () => {
    const { stdout } = await tell(ending('pass', { figures: [Number.NaN, Infinity, -Infinity, 2n, null] }), {
      json: true,
    });
    expect(JSON.parse(stdout)).toMatchObject({ figures: ['NaN', 'Infinity', '-Infinity', '2', null] });
  });

  it('a problem: where, what, and the remedy line by line', async () => {
    const { stdout, stderr } = await tell(throwing(new ProblemError(problem)));
    expect([stdout, stderr]).toEqual(['', '✗ a.txt:3 It is gone.\n  Bring it.\n  Or not.\n']);
  });

  it('a defect: exit code 4, the stack beside the result, and where to report it', async () => {
    const text = await tell(throwing(new TypeError('x is undefined')));
    expect(text).toMatchObject({ code: 4, stdout: '' });
    expect(text.stderr).toMatch(/^TypeError: x is undefined\n +at /);
    expect(text.stderr).toContain('Please report it');
    const json = await tell(throwing(new TypeError('x is undefined')), { json: true });
    expect(json.code).toBe(4);
    expect(JSON.parse(json.stdout)).toMatchObject({ schema: 'model-gitops/problem/1', problems: [{ code: 'defect' }] });
  });

  it('details only where somebody asks for them', async () => {
    const details = { kind: 'details', title: 'More', blocks: [{ kind: 'paragraph', text: 'the rest' }] } as const;
    const perform: Perform = async () => ({
      document: {},
      reports: [{ ...report, outcome: 'pass', blocks: [details] }],
      outcome: 'pass',
      problemKind: null,
    });
    expect((await tell(perform)).stdout).toBe('said\n▸ More (--details)\n');
    expect((await tell(perform, { details: true })).stdout).toContain('the rest');
  });
});
