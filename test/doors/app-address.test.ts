import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createHealth } from '../../app/health.ts';
import { type RunningServer, startServer, webhookPath } from '../../app/server.ts';

const secret = 'of this test';
const signatureOf = (body: string, by = secret) => `sha256=${createHmac('sha256', by).update(body).digest('hex')}`;

let server: RunningServer;
const received: string[] = [];

beforeAll(async () => {
  server = await startServer('127.0.0.1', 0, {
    verify: async (body, signature) => signature === signatureOf(body),
    async receive({ rawBody }, response) {
      received.push(rawBody.toString('utf8'));
      response.end();
    },
    health: createHealth('0.0.0', () => new Date()).tell,
    onDefect: (thrown) => {
      throw thrown;
    },
  });
});
afterAll(() => server.close());
beforeEach(() => {
  received.length = 0;
});

async function deliver(body: string, signature: string | null): Promise<number> {
  const headers = signature === null ? {} : { 'x-hub-signature-256': signature };
  const response = await fetch(`${server.url}${webhookPath}`, { method: 'POST', body, headers });
  await response.arrayBuffer();
  return response.status;
}

it('hands on what is signed with the secret of the webhook', async () => {
  expect(await deliver('{"zen":1}', signatureOf('{"zen":1}'))).toBe(200);
  expect(received).toEqual(['{"zen":1}']);
});

it.each([
  ['nothing', null],
  ['another secret', signatureOf('{"zen":1}', 'a guess')],
  ['another body', signatureOf('{"zen":2}')],
  ['SHA-1', `sha1=${createHmac('sha1', secret).update('{"zen":1}').digest('hex')}`],
])('hands on nothing that is signed with %s', async (_, signature) => {
  expect(await deliver('{"zen":1}', signature)).toBe(401);
  expect(received).toEqual([]);
});
