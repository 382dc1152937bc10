import { expect } from 'vitest';
import type { RunnerEvent } from './runner.ts';
import type { Step, Team } from './team.ts';
import { pushEvent } from './workflow-events.ts';

/** The steps of a workflow up to the gates, in order. */
export const untilGates = ['validate-data', 'engineer-features', 'train-model', 'evaluate-model'] as const;
export const all = [...untilGates, 'register-model'] as const;

/** What people would read of a step, for messages of tests. */
export function told(step: Step): string {
  return `${step.summary}\n${step.log}`;
}

export function errorsOf({ annotations }: Step): Step['annotations'] {
  return annotations.filter(({ command }) => command === 'error');
}

export function hasWarning({ annotations }: Step): boolean {
  return annotations.some(({ command }) => command === 'warning');
}

export function headOf(team: Team, folder: string): string {
  return team.git(folder, 'rev-parse', 'HEAD');
}

/** Every ref of the origin with what it points at. */
export function refsOf(team: Team): string {
  return team.git(team.origin, 'for-each-ref', '--format=%(refname) %(objectname)');
}

/** The files of events in the ledger. */
export function ledgerOf(team: Team): readonly string[] {
  return team.git(team.origin, 'ls-tree', '-r', '--name-only', 'model-gitops/ledger').split('\n');
}

/** Runs steps in order and expects each of them to be green. */
export async function runSteps<Action extends string>(
  team: Team,
  folder: string,
  { actions, event }: { readonly actions: readonly Action[]; readonly event?: RunnerEvent },
): Promise<Record<Action, Step>> {
  const steps: [Action, Step][] = [];
  for (const action of actions) {
    const step = await team.step(folder, action, event ?? pushEvent(headOf(team, folder)));
    expect(step.exitCode, `${action}: ${told(step)}`).toBe(0);
    steps.push([action, step]);
  }
  return Object.fromEntries(steps) as Record<Action, Step>;
}
