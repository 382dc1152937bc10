import type { IncomingMessage } from 'node:http';

/** GitHub's own limit of a payload. */
const mostBytes = 25 * 1024 * 1024;

/** The bytes of a request; null where there are more than GitHub would send. */
export async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) return null;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > mostBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
