import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { ProblemError } from '@model-gitops/lifecycle';
import { create } from 'tar';
import { engineProblems } from '../problems.ts';
import { enginesLock, lockedEngine } from './engines-lock.ts';
import { fetchVerified, packagesFor } from './fetch-verified.ts';
import type { InstallRequest } from './install-engines.ts';
import { readNpmConfiguration } from './npm-configuration.ts';
import { type Platform, platformName, thisPlatform } from './platform.ts';
import { registrySource, tarballName } from './tarball-source.ts';

export interface PackRequest extends Omit<InstallRequest, 'pack' | 'platform'> {
  /** The file to write. */
  readonly to: string;
  /** For which machines; this one where none is named. */
  readonly platforms?: readonly Platform[];
}

export interface PackedEngines {
  readonly file: string;
  readonly engines: readonly { readonly name: string; readonly version: string }[];
  readonly platforms: readonly string[];
}

async function collect(request: PackRequest, folder: string): Promise<PackedEngines> {
  const { lock = enginesLock, platforms = [thisPlatform()] } = request;
  const names = request.engines ?? lock.engines.map(({ name }) => name);
  const engines = names.map((name) => lockedEngine(lock, name));
  const wanted = platforms.flatMap((platform) => engines.flatMap((engine) => packagesFor(engine, platform)));
  const source = registrySource(
    await readNpmConfiguration(request.environment, request.projectFolder),
    request.waitsMs,
  );
  try {
    for (const locked of new Set(wanted)) {
      request.onProgress?.(`${locked.name} ${locked.version} …`);
      await fetchVerified(source, locked, join(folder, tarballName(locked)));
    }
  } finally {
    await source.close();
  }
  return {
    file: request.to,
    engines: engines.map(({ name, version }) => ({ name, version })),
    platforms: platforms.map(platformName),
  };
}

/** The tarballs hold compressed bytes already; portable: no owner, no time, so the same engines give the same file. */
async function archive(folder: string, to: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.tgz')).sort();
  const partial = join(folder, 'pack.partial');
  await create({ file: partial, cwd: folder, gzip: { level: 1 }, portable: true, mtime: new Date(0) }, names);
  await rename(partial, to);
}

/** Writes a .tgz from which `installEngines` installs on a machine without a network. Problems as there. */
export async function packEngines(request: PackRequest): Promise<PackedEngines> {
  const to = resolve(request.to);
  const folder = await openFolder(dirname(to));
  try {
    const packed = await collect(request, folder);
    await archive(folder, to);
    return packed;
  } catch (cause) {
    if (cause instanceof ProblemError) throw cause;
    throw new ProblemError(engineProblems.pack(request.to, String(cause)), { cause });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Beside the file, so that it can be renamed into its place. */
async function openFolder(parent: string): Promise<string> {
  try {
    await mkdir(parent, { recursive: true });
    return await mkdtemp(join(parent, '.engines-'));
  } catch (cause) {
    throw new ProblemError(engineProblems.pack(parent, 'the folder cannot be written'), { cause });
  }
}
