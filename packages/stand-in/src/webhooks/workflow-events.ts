import type { Context, StandInEvent } from '../context.ts';
import { actionsBot } from '../people.ts';
import { fullName } from '../views/schema.ts';

/** What a run would be: started, started once a person allows it, or none. */
export type WorkflowStart = 'runs' | 'waits-for-approval' | 'none';

export interface WorkflowEvent {
  readonly name: string;
  readonly action: string | null;
  readonly repository: string;
  readonly actor: string;
  readonly start: WorkflowStart;
  readonly payload: StandInEvent['payload'];
}

const dispatches = new Set(['workflow_dispatch', 'repository_dispatch']);
const askedFor = new Set(['opened', 'synchronize', 'reopened']);

/** GITHUB_TOKEN's rule: what it does starts no run, but for the dispatches; pull requests make runs that wait. */
export function startOf({ name, action, sender }: Pick<StandInEvent, 'name' | 'action' | 'sender'>): WorkflowStart {
  if (sender !== actionsBot || dispatches.has(name)) return 'runs';
  return name === 'pull_request' && askedFor.has(action ?? '') ? 'waits-for-approval' : 'none';
}

/** All that happened, in order. */
export function recordWorkflowEvents(context: Context): readonly WorkflowEvent[] {
  const events: WorkflowEvent[] = [];
  context.onEvent((event) => {
    if (event.onlyApp !== undefined || event.onlyHook !== undefined) return;
    const { name, action, sender: actor, payload } = event;
    events.push({ name, action, repository: fullName(event.repository), actor, start: startOf(event), payload });
  });
  return events;
}
