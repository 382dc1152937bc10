import { createHash } from 'node:crypto';
import { ProblemError } from '@model-gitops/lifecycle';
import { engineProblems } from '../problems.ts';
import committed from './engines-lock.json';

/** A tarball of a registry, by what is in it. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** `sha512-<base64>`. */
  readonly integrity: string;
  /** Below the registry's address. */
  readonly path: string;
  /** As npm writes them; without one it is for all. */
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
}

export interface LockedEngine {
  readonly name: string;
  readonly version: string;
  /** The engine itself and what it needs to run. */
  readonly packages: readonly LockedPackage[];
}

export interface EnginesLock {
  readonly schema: 'model-gitops/engines-lock/1';
  readonly engines: readonly LockedEngine[];
}

/** The engines of this version. */
export const enginesLock = committed as EnginesLock;

/** Names the set of engines: other versions live in another folder, so two versions of us never disturb each other. */
export function lockDigest(lock: EnginesLock): string {
  return createHash('sha256').update(JSON.stringify(lock)).digest('hex').slice(0, 16);
}

/** Problem `engine-unknown`. */
export function lockedEngine(lock: EnginesLock, name: string): LockedEngine {
  const engine = lock.engines.find((candidate) => candidate.name === name);
  if (engine !== undefined) return engine;
  const known = lock.engines.map((candidate) => candidate.name);
  throw new ProblemError(engineProblems.unknown(name, known));
}
