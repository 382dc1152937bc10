import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createGzip } from 'node:zlib';
import { listSources } from '../repository-copy.ts';
import type { Check } from './check.ts';

/** Every job that uses an action downloads the whole repository: what may grow here costs all users seconds. */
export const budgetBytes = 4 * 1024 * 1024;

/** Bytes of the archive that GitHub would send, made of the files as they stand. */
async function measureArchive(root: string): Promise<number> {
  const tar = spawn('tar', ['--create', '--null', '--files-from=-', '--file=-'], { cwd: root });
  let bytes = 0;
  const gzip = createGzip().on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  tar.stdout.pipe(gzip);
  tar.stdin.end(listSources(root).join('\0'));
  await once(gzip, 'end');
  return bytes;
}

export function judgeSize(bytes: number): readonly string[] {
  const megabytes = (count: number) => (count / 1024 / 1024).toFixed(2);
  return bytes <= budgetBytes
    ? []
    : [`the archive has ${megabytes(bytes)} MB, the budget is ${megabytes(budgetBytes)} MB`];
}

export const downloadSize: Check = {
  name: 'download size',
  mend: 'Take big files out: data of tests can be made by the tests, a library can be replaced.',
  find: async (root) => judgeSize(await measureArchive(root)),
};
