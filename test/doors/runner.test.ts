import { describe, expect, it } from 'vitest';
import { parseCommandFile } from './runner.ts';
import { readLog } from './runner-log.ts';

describe('the runner that starts actions in tests', () => {
  it('obeys commands, with their properties and escapes', () => {
    const { annotations, log } = readLog(
      'hello\n::error title=a%3A b,file=models/x.yaml,line=3::50%25 of%0Athe rows\n::debug::quiet\nbye',
    );
    expect(annotations).toEqual([
      {
        command: 'error',
        properties: { title: 'a: b', file: 'models/x.yaml', line: '3' },
        message: '50% of\nthe rows',
      },
    ]);
    expect(log).toBe('hello\nbye');
  });

  it('obeys nothing between stop-commands and its token', () => {
    const { commands, log } = readLog('::stop-commands::abc\n::set-output name=outcome::pass\n::abc::\n::notice::on');
    expect(commands.map(({ command }) => command)).toEqual(['notice']);
    expect(log).toBe('::set-output name=outcome::pass');
  });

  it('masks what it is told to mask', () => {
    expect(readLog('::add-mask::s3cret\nthe token is s3cret').log).toBe('the token is ***');
  });

  it('reads outputs of one line and of several', () => {
    expect(parseCommandFile('a=1\nb<<END\nx=y\n\nz\nEND\nc=\n')).toEqual({ a: '1', b: 'x=y\n\nz', c: '' });
    expect(() => parseCommandFile('b<<END\nx\n')).toThrow('no end "END" for "b"');
  });
});
