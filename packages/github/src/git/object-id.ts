import { createHash } from 'node:crypto';
import type { GitObject, ObjectId } from '@model-gitops/lifecycle';

/** Git's own id of an object; as long as another id of the same repository (40 digits: sha1, 64: sha256). */
export function objectId(kind: GitObject['kind'], bytes: string | Uint8Array, like: ObjectId): ObjectId {
  const body = typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes;
  const hash = createHash(like.length === 64 ? 'sha256' : 'sha1');
  return hash.update(`${kind} ${body.length}\0`).update(body).digest('hex');
}

export const emptyTree = (like: ObjectId): ObjectId => objectId('tree', new Uint8Array(), like);
