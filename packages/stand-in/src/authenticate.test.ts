import { expect, it } from 'vitest';
import { readCredential } from './authenticate.ts';

it('reads a token however it is sent', () => {
  const basic = Buffer.from('any:one:two').toString('base64');
  expect(['Bearer a', 'token b', `Basic ${basic}`, 'Digest c', 'a'].map(readCredential)).toEqual([
    'a',
    'b',
    'one:two',
    null,
    null,
  ]);
});
