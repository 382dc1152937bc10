import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ProblemError } from '@model-gitops/lifecycle';
import type { EnvironmentVariables } from '../commands/scrub-environment.ts';
import { engineProblems } from '../problems.ts';
import { codeOf } from '../workspace/place-inside.ts';
import { engineFolder, isInstalled } from './engine-folder.ts';
import { enginesLock, type LockedEngine, lockedEngine } from './engines-lock.ts';
import { thisPlatform } from './platform.ts';

export interface EngineLoaderOptions {
  /** The file that was started, as a path or an address: the node_modules of a clone or a package are found from it. */
  readonly from: string;
  readonly environment?: EnvironmentVariables;
  /** Whether a missing engine is installed at its first use: in a workflow yes, on somebody's laptop no. */
  readonly installsMissing?: boolean;
  readonly onProgress?: (line: string) => void;
}

type Attempt = { readonly engine: unknown } | { readonly cause: unknown; readonly isAbsent: boolean };

/** An engine that is there but does not load (another C library, a missing native part) is not absent. */
function attempt(from: string, name: string): Attempt {
  const require = createRequire(from);
  try {
    require.resolve(name);
  } catch (cause) {
    return { cause, isAbsent: codeOf(cause) === 'MODULE_NOT_FOUND' };
  }
  try {
    return { engine: require(name) as unknown };
  } catch (cause) {
    return { cause, isAbsent: false };
  }
}

/** The folder that the user names may also hold engines that he installed there with npm. */
function startingPoints({ from, environment = process.env }: EngineLoaderOptions): readonly string[] {
  const named = environment.MODEL_GITOPS_ENGINES;
  return [from, ...(named ? [join(named, 'engines.js')] : [])];
}

async function installedFolder(engine: LockedEngine, options: EngineLoaderOptions): Promise<string | null> {
  const { environment = process.env, onProgress } = options;
  const platform = thisPlatform();
  const folder = engineFolder(engine, { environment, lock: enginesLock, platform });
  if (isInstalled(folder, engine, platform)) return folder;
  if (!(options.installsMissing ?? environment.GITHUB_ACTIONS === 'true')) return null;
  const { installEngines } = await import('./install-engines.ts');
  const projectFolder = environment.GITHUB_WORKSPACE || process.cwd();
  await installEngines({ environment, projectFolder, engines: [engine.name], ...(onProgress && { onProgress }) });
  return folder;
}

async function load(name: string, options: EngineLoaderOptions): Promise<unknown> {
  const engine = lockedEngine(enginesLock, name);
  const attempts: Attempt[] = [];
  for (const from of startingPoints(options)) {
    const tried = attempt(from, name);
    if ('engine' in tried) return tried.engine;
    attempts.push(tried);
  }
  const folder = await installedFolder(engine, options);
  if (folder !== null) {
    const tried = attempt(join(folder, 'engine.js'), name);
    if ('engine' in tried) return tried.engine;
    attempts.push(tried);
  }
  const broken = attempts.find((tried) => 'cause' in tried && !tried.isAbsent);
  const cause = broken !== undefined && 'cause' in broken ? broken.cause : undefined;
  const problem = broken === undefined ? engineProblems.missing(name) : engineProblems.broken(name, cause);
  throw new ProblemError(problem, { kind: 'could-not-run', cause });
}

/**
 * Loads engines by name: those beside the file that was started, else those of the engine folder. An engine is loaded
 * once. Problems (could-not-run): `engine-missing`, `engine-broken`, and those of installing.
 */
export function engineLoader(options: EngineLoaderOptions): (name: string) => Promise<unknown> {
  const loaded = new Map<string, Promise<unknown>>();
  return (name) => {
    const known = loaded.get(name);
    if (known !== undefined) return known;
    const loading = load(name, options);
    loaded.set(name, loading);
    return loading;
  };
}
