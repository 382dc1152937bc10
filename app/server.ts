import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ProblemError } from '@model-gitops/lifecycle';
import type { Health } from './health.ts';
import { appProblems } from './problems.ts';
import { readBody } from './read-body.ts';

/** A request whose body was read and whose signature is right. */
export type VerifiedRequest = IncomingMessage & ReadBody;

/** Probot's middleware takes the bytes from here where there is a body, and else waits for what was read already. */
interface ReadBody {
  readonly body: object;
  readonly rawBody: Buffer;
}

export interface ServerOptions {
  readonly verify: (body: string, signature: string) => Promise<boolean>;
  /** Probot's middleware. */
  readonly receive: (request: VerifiedRequest, response: ServerResponse) => Promise<unknown>;
  readonly health: () => Health;
  readonly onDefect: (thrown: unknown) => void;
}

export interface RunningServer {
  /** `http://127.0.0.1:3000` */
  readonly url: string;
  /** Takes no new request; resolves when the open ones are answered. */
  close(): Promise<void>;
}

export const webhookPath = '/api/github/webhooks';

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(`${JSON.stringify(body)}\n`);
}

/** What is not signed by us both is not read: SHA-1 alone, which GitHub still sends, is no signature. */
async function takeDelivery(request: IncomingMessage, response: ServerResponse, options: ServerOptions): Promise<void> {
  const signature = request.headers['x-hub-signature-256'];
  if (typeof signature !== 'string' || !/^sha256=[0-9a-f]{64}$/.test(signature)) {
    answer(response, 401, { error: 'X-Hub-Signature-256 is missing, or no signature' });
    return;
  }
  const rawBody = await readBody(request);
  if (rawBody === null) {
    answer(response, 413, { error: 'the payload is larger than GitHub sends' });
    return;
  }
  if (!(await options.verify(rawBody.toString('utf8'), signature))) {
    answer(response, 401, { error: 'the signature does not match' });
    return;
  }
  const read: ReadBody = { body: {}, rawBody };
  await options.receive(Object.assign(request, read), response);
}

async function handle(request: IncomingMessage, response: ServerResponse, options: ServerOptions): Promise<void> {
  const address = `http://localhost${request.url ?? '/'}`;
  const path = URL.canParse(address) ? new URL(address).pathname : null;
  if (path === webhookPath && request.method === 'POST') await takeDelivery(request, response, options);
  else if (path === '/health' && request.method === 'GET') answer(response, 200, options.health());
  else answer(response, 404, { error: 'there is nothing here' });
}

async function handleSafely(request: IncomingMessage, response: ServerResponse, options: ServerOptions) {
  try {
    await handle(request, response, options);
  } catch (thrown) {
    options.onDefect(thrown);
    if (!response.headersSent) answer(response, 500, { error: 'this is a defect of the app; its log says more' });
    else response.destroy();
  }
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', ({ code = 'unknown' }: NodeJS.ErrnoException) =>
      reject(new ProblemError(appProblems.port(host, port, code))),
    );
    server.listen(port, host, resolve);
  });
}

/** Problem `port-unusable`. */
export async function startServer(host: string, port: number, options: ServerOptions): Promise<RunningServer> {
  const server = createServer((request, response) => void handleSafely(request, response, options));
  server.requestTimeout = 30_000;
  await listen(server, host, port);
  const { port: own } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${own}`,
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      return closed;
    },
  };
}
