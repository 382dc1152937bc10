import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { create } from 'tar';

export interface FakePackage {
  readonly name: string;
  readonly version: string;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  /** Besides package.json. */
  readonly files: Readonly<Record<string, string>>;
}

/** A registry on the loopback, over tarballs that it makes itself. */
export interface EngineRegistry {
  readonly address: string;
  readonly requests: { readonly url: string; readonly authorization: string | undefined }[];
  /** The entry of a lock for a package that it serves from now on. */
  serve(fake: FakePackage): Promise<{ name: string; version: string; integrity: string; path: string }>;
  /** Serves other bytes for a path, or another answer; null: as before. */
  answer(path: string, answer: Uint8Array | number | null): void;
  close(): Promise<void>;
}

async function tarballOf(fake: FakePackage): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'tarball-'));
  const manifest = JSON.stringify({ name: fake.name, version: fake.version, main: 'index.js' });
  for (const [path, text] of Object.entries({ 'package.json': manifest, ...fake.files })) {
    await mkdir(dirname(join(folder, 'package', path)), { recursive: true });
    await writeFile(join(folder, 'package', path), text);
  }
  await create({ file: join(folder, 'package.tgz'), cwd: folder, gzip: true }, ['package']);
  const bytes = new Uint8Array(await readFile(join(folder, 'package.tgz')));
  await rm(folder, { recursive: true });
  return bytes;
}

export function integrityOf(bytes: Uint8Array): string {
  return `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
}

export async function engineRegistry(): Promise<EngineRegistry> {
  const tarballs = new Map<string, Uint8Array>();
  const answers = new Map<string, Uint8Array | number>();
  const requests: { url: string; authorization: string | undefined }[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const url = (request.url ?? '').slice('/npm/'.length);
    requests.push({ url, authorization: request.headers.authorization });
    const answer = answers.get(url) ?? tarballs.get(url) ?? 404;
    if (typeof answer === 'number') response.writeHead(answer).end('no');
    else response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(answer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/npm/`,
    requests,
    async serve(fake) {
      const { name, version, os, cpu, libc } = fake;
      const path = `${name}/-/${name.split('/').at(-1)}-${version}.tgz`;
      const bytes = await tarballOf(fake);
      tarballs.set(path, bytes);
      return {
        name,
        version,
        integrity: integrityOf(bytes),
        path,
        ...(os && { os }),
        ...(cpu && { cpu }),
        ...(libc && { libc }),
      };
    },
    answer: (path, answer) => void (answer === null ? answers.delete(path) : answers.set(path, answer)),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
