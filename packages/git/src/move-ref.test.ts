import { describe, expect, it } from 'vitest';
import { judgePush } from './move-ref.ts';

const name = 'refs/heads/model-gitops/ledger';
const move = { name, expected: 'a'.repeat(40), next: 'b'.repeat(40) };

function answer(stdout: string, stderr = '', exitCode = 1, isTimedOut = false) {
  return judgePush({ exitCode, stdout: new TextEncoder().encode(stdout), stderr, isTimedOut }, move, 'origin');
}
const line = (flag: string, summary: string) => `To origin\n${flag}\t${move.next}:${name}\t${summary}\nDone\n`;

describe('what a push answered', () => {
  it.each([
    [' ', 'aaa..bbb'],
    ['+', 'aaa...bbb (forced update)'],
    ['*', '[new branch]'],
  ])('%j is moved', (flag, summary) => expect(answer(line(flag, summary), '', 0)).toBe('moved'));

  it.each([
    ['!', '[rejected] (stale info)'],
    ['!', '[remote rejected] (failed to update ref)'],
    ['!', '[remote rejected] (reference already exists)'],
    ['!', '[remote rejected] (incorrect old value provided)'],
    ['=', '[up to date]'],
  ])('%j %s is a lost race', (flag, summary) => expect(answer(line(flag, summary))).toBe('conflict'));

  it.each(['error: RPC failed; HTTP 502 curl 22', 'fatal: the remote end hung up unexpectedly', ''])(
    '%j is unknown: look before trying again',
    (stderr) => {
      expect(answer('', stderr, 128)).toBe('unknown');
    },
  );

  it('is unknown when it took too long', () => expect(answer('', '', 143, true)).toBe('unknown'));

  it.each([
    ['[remote rejected] (pre-receive hook declined)', '', 'write-refused'],
    ['[remote rejected] (protected branch hook declined)', '', 'write-refused'],
    [
      '[remote rejected] (failed to update ref)',
      "error: cannot lock ref 'x': 'refs/heads/model-gitops' exists; cannot create 'x'",
      'ref-name-conflict',
    ],
  ])('%s %s is a problem: %s', (summary, stderr, code) => {
    expect(() => answer(line('!', summary), stderr)).toThrow(
      expect.objectContaining({ problems: [expect.objectContaining({ code })] }),
    );
  });

  it.each([
    [
      'remote: Permission to acme/x.git denied to bot.\nfatal: unable to access: The requested URL returned error: 403',
      'remote-refused',
      'input',
    ],
    ["fatal: could not read Username for 'https://x': terminal prompts disabled", 'remote-refused', 'input'],
    ['fatal: unable to access: Could not resolve host: x', 'remote-unreachable', 'could-not-run'],
  ])('%s', (stderr, code, kind) => {
    expect(() => answer('', stderr, 128)).toThrow(
      expect.objectContaining({ kind, problems: [expect.objectContaining({ code })] }),
    );
  });
});
