import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ProblemError } from '@model-gitops/lifecycle';
import type { EnvironmentVariables } from '../commands/scrub-environment.ts';
import { engineProblems } from '../problems.ts';
import { codeOf } from '../workspace/place-inside.ts';
import { type EnginePlace, engineFolder, isInstalled } from './engine-folder.ts';
import { type EnginesLock, enginesLock, type LockedEngine, lockedEngine } from './engines-lock.ts';
import { fetchVerified, packagesFor } from './fetch-verified.ts';
import { readNpmConfiguration } from './npm-configuration.ts';
import { withPack } from './open-pack.ts';
import { isForeignFile, type Platform, thisPlatform } from './platform.ts';
import { registrySource, type TarballSource } from './tarball-source.ts';
import { unpack } from './unpack.ts';

export interface InstallRequest {
  readonly environment: EnvironmentVariables;
  /** Whose .npmrc counts. */
  readonly projectFolder: string;
  /** By name; all where none is named. */
  readonly engines?: readonly string[];
  /** A file that `packEngines` wrote: nothing is asked of a network. */
  readonly pack?: string;
  readonly onProgress?: (line: string) => void;
  readonly lock?: EnginesLock;
  readonly platform?: Platform;
  /** Milliseconds before each further try. */
  readonly waitsMs?: readonly number[];
}

export interface InstalledEngine {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
  /** False where it was there already, or another process was faster. */
  readonly isNew: boolean;
}

/** Puts a finished folder in its place; false where another process was faster. */
async function putInPlace(folder: string, engine: LockedEngine, partial: string, platform: Platform): Promise<boolean> {
  try {
    await rename(partial, folder);
    return true;
  } catch (cause) {
    if (isInstalled(folder, engine, platform)) return false;
    if (!['ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES'].includes(codeOf(cause))) throw cause;
    // what stands there is half of something: an older crash, or a hand
    await rename(folder, `${partial}.old`);
    await rename(partial, folder);
    await rm(`${partial}.old`, { recursive: true, force: true });
    return true;
  }
}

async function fill(
  partial: string,
  engine: LockedEngine,
  source: TarballSource,
  request: InstallRequest,
  platform: Platform,
) {
  for (const locked of packagesFor(engine, platform)) {
    const [archive, what] = [join(partial, 'package.tgz'), `${locked.name} ${locked.version}`];
    request.onProgress?.(`${what} …`);
    await fetchVerified(source, locked, archive);
    const to = join(partial, 'node_modules', locked.name);
    await unpack({ archive, to, what, strip: 1, isWanted: (path) => !isForeignFile(path, platform) });
    await rm(archive);
  }
}

async function installEngine(
  engine: LockedEngine,
  source: TarballSource,
  request: InstallRequest,
  place: EnginePlace,
): Promise<InstalledEngine> {
  const { name, version } = engine;
  const folder = engineFolder(engine, place);
  if (isInstalled(folder, engine, place.platform)) return { name, version, folder, isNew: false };
  const partial = `${folder}.${randomUUID()}.partial`;
  try {
    await mkdir(dirname(folder), { recursive: true });
    await mkdir(partial);
    await fill(partial, engine, source, request, place.platform);
    return { name, version, folder, isNew: await putInPlace(folder, engine, partial, place.platform) };
  } catch (cause) {
    if (cause instanceof ProblemError) throw cause;
    throw new ProblemError(engineProblems.folder(cause), { kind: 'could-not-run', cause });
  } finally {
    // where nothing could be made, nothing can be removed
    await rm(partial, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function withSource<Result>(request: InstallRequest, use: (source: TarballSource) => Promise<Result>) {
  if (request.pack !== undefined) return withPack(request.pack, use);
  const npm = await readNpmConfiguration(request.environment, request.projectFolder);
  const source = registrySource(npm, request.waitsMs);
  try {
    return await use(source);
  } finally {
    await source.close();
  }
}

/**
 * Installs the engines of the lock for this platform: each comes whole or not at all, and several processes may do it
 * at once. Problems (could-not-run): `engine-download-failed`, `engine-digest-mismatch`, `engine-archive-unsafe`,
 * `engine-unsupported`, `engine-folder-unwritable`; `engine-unknown`, `engine-pack-unusable`.
 */
export async function installEngines(request: InstallRequest): Promise<readonly InstalledEngine[]> {
  const { environment, lock = enginesLock, platform = thisPlatform() } = request;
  const names = request.engines ?? lock.engines.map(({ name }) => name);
  const engines = names.map((name) => lockedEngine(lock, name));
  const place = { environment, lock, platform };
  return withSource(request, async (source) => {
    const installed: InstalledEngine[] = [];
    for (const engine of engines) installed.push(await installEngine(engine, source, request, place));
    return installed;
  });
}
