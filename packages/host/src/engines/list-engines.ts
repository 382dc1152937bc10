import { createRequire } from 'node:module';
import type { EnvironmentVariables } from '../commands/scrub-environment.ts';
import { engineFolder, isInstalled } from './engine-folder.ts';
import { type EnginesLock, enginesLock } from './engines-lock.ts';
import { type Platform, platformName, thisPlatform } from './platform.ts';

export interface EngineFacts {
  readonly name: string;
  /** The version of the lock. */
  readonly version: string;
  readonly platform: string;
  /** `beside`: in the node_modules that model-gitops runs from; `folder`: in the engine folder; null: not here. */
  readonly installed: 'beside' | 'folder' | null;
  /** Where `engines install` puts it. */
  readonly folder: string;
}

export interface ListRequest {
  readonly from: string;
  readonly environment: EnvironmentVariables;
  readonly lock?: EnginesLock;
  readonly platform?: Platform;
}

function isBeside(from: string, name: string): boolean {
  try {
    createRequire(from).resolve(name);
    return true;
  } catch {
    return false; // not there is an answer
  }
}

/** The engines of this version, and which of them are here. */
export function listEngines(request: ListRequest): readonly EngineFacts[] {
  const { from, environment, lock = enginesLock, platform = thisPlatform() } = request;
  return lock.engines.map((engine) => {
    const folder = engineFolder(engine, { environment, lock, platform });
    const inFolder = isInstalled(folder, engine, platform) ? 'folder' : null;
    const installed = isBeside(from, engine.name) ? 'beside' : inFolder;
    return { name: engine.name, version: engine.version, platform: platformName(platform), installed, folder };
  });
}
