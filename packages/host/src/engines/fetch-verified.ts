import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { ProblemError } from '@model-gitops/lifecycle';
import { engineProblems } from '../problems.ts';
import type { LockedEngine, LockedPackage } from './engines-lock.ts';
import { isFor, type Platform, platformName } from './platform.ts';
import type { TarballSource } from './tarball-source.ts';

async function sha512Of(path: string): Promise<string> {
  const hash = createHash('sha512');
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) hash.update(chunk as Uint8Array);
  return `sha512-${hash.digest('base64')}`;
}

/** Brings a tarball and checks it: a wrong one is removed. Problem `engine-digest-mismatch`. */
export async function fetchVerified(source: TarballSource, locked: LockedPackage, toFile: string): Promise<void> {
  await source.get(locked, toFile);
  if ((await sha512Of(toFile)) === locked.integrity) return;
  await rm(toFile, { force: true });
  throw new ProblemError(engineProblems.digest(`${locked.name} ${locked.version}`), { kind: 'could-not-run' });
}

/** What an engine needs on a platform. Problem `engine-unsupported` where it, or its native part, has no build for it. */
export function packagesFor(engine: LockedEngine, platform: Platform): readonly LockedPackage[] {
  const packages = engine.packages.filter((locked) => isFor(locked, platform));
  const needsNative = engine.packages.some((locked) => locked.cpu !== undefined);
  const hasNative = packages.some((locked) => locked.cpu !== undefined);
  const hasItself = packages.some((locked) => locked.name === engine.name);
  if (hasItself && hasNative === needsNative) return packages;
  throw new ProblemError(engineProblems.platform(engine.name, platformName(platform)), { kind: 'could-not-run' });
}
