import { expect, it } from 'vitest';
import { parseCommands } from './receive-pack.ts';

const zero = '0'.repeat(40);
const one = '1'.repeat(40);
const line = (text: string) => `${(text.length + 4).toString(16).padStart(4, '0')}${text}`;

it('reads commands up to the pack, which may look like one', () => {
  const first = line(`${zero} ${one} refs/heads/a\0report-status side-band-64k`);
  const second = line(`${one} ${zero} refs/tags/m@v1\n`);
  const body = Buffer.from(`${first}${second}0000PACK${line(`${zero} ${one} refs/heads/no`)}`);
  expect(parseCommands(body)).toEqual([
    { ref: 'refs/heads/a', before: null, after: one },
    { ref: 'refs/tags/m@v1', before: one, after: null },
  ]);
});

it('ends where the bytes are no lines', () => {
  for (const body of ['', '00', 'zzzz', '0000', '0004', 'ffff']) expect(parseCommands(Buffer.from(body))).toEqual([]);
});
