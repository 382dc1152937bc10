import { createHash, createHmac, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type { Context } from '../context.ts';
import type { Asset } from '../records/releases.ts';

export interface StoredBytes {
  /** Below the stand-in's folder. */
  readonly file: string;
  readonly size: number;
  readonly digest: string;
}

/** Writes to disk as it arrives, hashing on the way. */
export async function storeBytes({ folder }: Context, body: ReadableStream<Uint8Array>): Promise<StoredBytes> {
  const file = join('assets', randomUUID());
  await mkdir(join(folder, 'assets'), { recursive: true });
  const hash = createHash('sha256');
  let size = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  await pipeline(Readable.fromWeb(body), measure, createWriteStream(join(folder, file)));
  return { file, size, digest: `sha256:${hash.digest('hex')}` };
}

/** What opens an asset where it is stored, for who was sent there. */
export const storageKey = ({ signingKey }: Context, { id, digest }: Asset): string =>
  createHmac('sha256', signingKey).update(`${id} ${digest}`).digest('hex').slice(0, 32);

export const storageUrl = (context: Context, asset: Asset): string =>
  `${context.url}/storage/${asset.id}/${storageKey(context, asset)}`;

export const readBytes = ({ folder }: Context, { file }: Asset): ReadableStream =>
  Readable.toWeb(createReadStream(join(folder, file)));
