import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { EnvironmentVariables } from '../commands/scrub-environment.ts';
import { type EnginesLock, type LockedEngine, lockDigest } from './engines-lock.ts';
import { isFor, type Platform, platformName } from './platform.ts';

function userCache(environment: EnvironmentVariables): string {
  const home = environment.HOME ?? environment.USERPROFILE ?? homedir();
  if (environment.XDG_CACHE_HOME) return environment.XDG_CACHE_HOME;
  if (process.platform === 'win32') return environment.LOCALAPPDATA ?? join(home, 'AppData', 'Local');
  return process.platform === 'darwin' ? join(home, 'Library', 'Caches') : join(home, '.cache');
}

/** `$MODEL_GITOPS_ENGINES`, else the runner's tool cache, else the user's cache. */
function enginesRoot(environment: EnvironmentVariables): string {
  if (environment.MODEL_GITOPS_ENGINES) return environment.MODEL_GITOPS_ENGINES;
  if (environment.RUNNER_TOOL_CACHE) return join(environment.RUNNER_TOOL_CACHE, 'model-gitops-engines');
  return join(userCache(environment), 'model-gitops', 'engines');
}

export interface EnginePlace {
  readonly environment: EnvironmentVariables;
  readonly lock: EnginesLock;
  readonly platform: Platform;
}

/** Where an engine of this lock is installed for this platform, as one folder that comes and goes as a whole. */
export function engineFolder(engine: LockedEngine, { environment, lock, platform }: EnginePlace): string {
  const name = engine.name.replace('@', '').replaceAll('/', '-');
  return join(enginesRoot(environment), lockDigest(lock), platformName(platform), name);
}

function installedVersion(folder: string, name: string): string | null {
  const file = join(folder, 'node_modules', name, 'package.json');
  if (!existsSync(file)) return null;
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { readonly version?: string };
  return version ?? null;
}

/** Whether all of an engine is in a folder, in the versions of the lock. */
export function isInstalled(folder: string, engine: LockedEngine, platform: Platform): boolean {
  return engine.packages
    .filter((needed) => isFor(needed, platform))
    .every(({ name, version }) => installedVersion(folder, name) === version);
}
