import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ProblemError } from '@model-gitops/lifecycle';
import { engineProblems } from '../problems.ts';
import { packSource, type TarballSource } from './tarball-source.ts';
import { unpack } from './unpack.ts';

const packed = /^(\.\/)?[0-9a-f]{128}\.tgz$/;

/** Opens what `packEngines` wrote while it is used. Problem `engine-pack-unusable`. */
export async function withPack<Result>(pack: string, use: (source: TarballSource) => Promise<Result>): Promise<Result> {
  const archive = resolve(pack);
  await access(archive).catch((cause) => {
    throw new ProblemError(engineProblems.pack(pack, 'there is no such file'), { cause });
  });
  const folder = await mkdtemp(join(tmpdir(), 'model-gitops-engines-'));
  try {
    await unpack({ archive, to: folder, what: pack, strip: 0, isWanted: (path) => packed.test(path) });
    return await use(packSource(folder, pack));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
