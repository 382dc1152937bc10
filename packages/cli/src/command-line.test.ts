import { describe, expect, it } from 'vitest';
import { formatOfWords, parseCommandLine, spreadPairs } from './command-line.ts';
import { families, verbs } from './verbs.ts';

const parse = (...argv: readonly string[]) =>
  parseCommandLine(argv, { verbs, families, version: '1.2.3' }, () => undefined);

describe('spreadPairs', () => {
  it('lets pairs go on with the option before them', () => {
    expect(spreadPairs(['--data', 'a=1', 'b=2', '--data', 'c=3'])).toEqual([
      ...['--data', 'a=1', '--data', 'b=2', '--data', 'c=3'],
    ]);
  });

  it('leaves every other word where it is', () => {
    const lines = [
      ['validate', '--table', 'a=1', 'orders.csv'],
      ['--gate', 'metrics.a==1', 'x=1'],
      ['--data', '--json', 'a=1'],
      ['run', '--data', 'a=1', '--', 'b=2', 'env', 'c=3'],
    ];
    for (const line of lines) expect(spreadPairs(line)).toEqual(line);
  });
});

describe('formatOfWords', () => {
  it('tells the format although nothing else is understood, and not from the words of a command', () => {
    expect(formatOfWords(['vaildate', '--json'])).toBe('json');
    expect(formatOfWords(['ls', '--format', 'junit'])).toBe('junit');
    expect(formatOfWords(['ls', '--format=markdown'])).toBe('markdown');
    expect(formatOfWords(['ls', '--format', 'xml'])).toBe('text');
    expect(formatOfWords(['run', '--', 'train', '--json'])).toBe('text');
  });
});

describe('parseCommandLine', () => {
  it('takes shared options before the verb, and lets those after it count', async () => {
    const line = await parse('--repository', 'a', '--json', 'ls', '--repository', 'b', 'fraud');
    expect(line).toMatchObject({ kind: 'call', words: ['fraud'], options: { repository: 'b', json: true } });
  });

  it('keeps the words after -- for the command', async () => {
    const line = await parse('run', '--out', 'o.json', '--', 'python', 'train.py', '--json', '-x');
    expect(line).toMatchObject({
      kind: 'call',
      words: ['python', 'train.py', '--json', '-x'],
      options: { out: 'o.json' },
    });
    expect(line).not.toHaveProperty('options.json');
  });

  it('collects pairs, lists and repeated options', async () => {
    const line = await parse(
      'register',
      'fraud',
      '--artifact',
      'm',
      '--data',
      'a=x=y',
      'b=2',
      '--parameter',
      '__proto__=1',
    );
    expect(line).toMatchObject({ options: { data: { a: 'x=y', b: '2' } } });
    expect(Object.keys(line.kind === 'call' ? (line.options.parameter as object) : {})).toEqual(['__proto__']);
    const gates = await parse('evaluate', '--gate', 'a > 1', '--gate', 'b, c', '--slices', 'a, b', '--slices', 'c');
    expect(gates).toMatchObject({ options: { gate: ['a > 1', 'b, c'], slices: ['a', 'b', 'c'] } });
  });

  it('names the version of a model and that of the package apart', async () => {
    expect(await parse('register', 'fraud', '--version', '1.0.0')).toMatchObject({ options: { version: '1.0.0' } });
    expect(await parse('--version')).toEqual({ kind: 'shown' });
  });

  it('refuses with a sentence and the help of the verb', async () => {
    expect(await parse('config', 'chekc')).toEqual({
      kind: 'refused',
      problem: {
        code: 'usage',
        message: "Unknown command 'chekc' (Did you mean check?)",
        remedy: 'See "model-gitops config --help".',
      },
    });
  });
});
