import {
  type EnvironmentState,
  type ModelState,
  parseModelName,
  parseVersion,
  type VersionState,
} from '@model-gitops/registry';
import { ProblemError } from '../problem.ts';
import { registryProblems, valid } from './problems.ts';
import { stateOf } from './promote-model.ts';
import type { Registry } from './read-registry.ts';

export interface ResolvedVersion {
  readonly state: ModelState;
  readonly version: VersionState;
  /** Set where an environment was asked for. */
  readonly environment: EnvironmentState | null;
}

/** `fraud@production`, `fraud@1.4.0` or `fraud` -> its two halves. Problem `model-name`. */
export function parseReference(text: string): { readonly model: string; readonly selector: string | null } {
  const at = text.indexOf('@');
  const model = valid(parseModelName(at < 0 ? text : text.slice(0, at)));
  return { model, selector: at < 0 ? null : text.slice(at + 1) };
}

function namesOf(state: ModelState): string[] {
  return [
    ...state.versions.map((version) => version.version),
    ...state.environments.map((environment) => environment.environment),
  ];
}

/** The version that a number or an environment names; none named: the newest. */
export function resolveVersion(registry: Registry, model: string, selector: string | null): ResolvedVersion {
  const state = stateOf(registry, model);
  const environment = state.environments.find((candidate) => candidate.environment === selector) ?? null;
  const number = selector === null ? null : parseVersion(selector);
  const newest = state.versions.at(-1)?.version ?? null;
  const wanted = selector === null ? newest : (environment?.wanted ?? (number?.ok ? number.value : null));
  const version = state.versions.find((candidate) => candidate.version === wanted);
  if (version !== undefined) return { state, version, environment };
  if (environment !== null)
    throw new ProblemError(registryProblems.notRegistered(model, environment.environment, environment.wanted));
  throw new ProblemError(registryProblems.unknownVersion(model, selector ?? 'at all', namesOf(state)));
}
