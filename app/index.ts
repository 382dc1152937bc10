import type { Context, Probot } from 'probot';
import { lookAtCheckRun, lookAtCheckSuite } from './handlers/checks.ts';
import { lookAtComment } from './handlers/comment.ts';
import { type Look, theWhole } from './handlers/look.ts';
import { lookAtMergeGroup } from './handlers/merge-group.ts';
import { lookAtClosed, lookAtPullRequest } from './handlers/pull-request.ts';
import { lookAtCreated, lookAtPush } from './handlers/refs.ts';
import { type EventFacts, placesOf } from './place-of-event.ts';
import type { Work } from './work.ts';

type EventName = Exclude<Parameters<Probot['on']>[0], readonly unknown[]>;
type Payload<Name extends EventName> = Context<Name>['payload'];

interface Route {
  readonly events: readonly EventName[];
  readonly look: (payload: never) => readonly Look[];
}

function on<Name extends EventName>(events: readonly Name[], look: (payload: Payload<Name>) => readonly Look[]): Route {
  return { events, look };
}

const everything = () => theWhole(true);

/** Which event leads to which handler. */
export const routes: readonly Route[] = [
  on(
    [
      'pull_request.opened',
      'pull_request.synchronize',
      'pull_request.reopened',
      'pull_request.edited',
      'pull_request.ready_for_review',
    ],
    lookAtPullRequest,
  ),
  on(['pull_request.closed'], lookAtClosed),
  on(
    ['pull_request_review.submitted', 'pull_request_review.edited', 'pull_request_review.dismissed'],
    lookAtPullRequest,
  ),
  on(['merge_group.checks_requested'], lookAtMergeGroup),
  on(['check_run.rerequested'], lookAtCheckRun),
  on(['check_suite.rerequested'], lookAtCheckSuite),
  on(['issue_comment.created'], lookAtComment),
  on(['push'], lookAtPush),
  on(['create'], lookAtCreated),
  on(['repository.edited', 'repository.renamed', 'repository.transferred', 'repository.unarchived'], everything),
  on(
    [
      'installation.created',
      'installation.unsuspend',
      'installation.new_permissions_accepted',
      'installation_repositories.added',
    ],
    everything,
  ),
];

/** What an event asks for. What the app did itself it has finished already. */
export function workOf(
  event: EventFacts,
  { look, own }: { readonly look: Route['look']; readonly own: string },
): readonly Work[] {
  if (event.payload.sender?.login === own) return [];
  const looks = look(event.payload as never);
  return placesOf(event.payload).flatMap((place) => looks.map((one) => ({ ...one, place, askedBy: [event.id] })));
}

interface Listening {
  /** The login of the app's bot. */
  readonly own: string;
  readonly add: (work: Work) => Promise<void>;
  /** An event that is not as GitHub describes it. */
  readonly onDefect: (delivery: string, thrown: unknown) => void;
}

/** Listens to Probot. A delivery is answered when its work is done, or by Probot after nine seconds. */
export function listen(probot: Pick<Probot, 'on'>, { own, add, onDefect }: Listening): void {
  for (const { events, look } of routes)
    probot.on([...events], async ({ id, payload }) => {
      try {
        const work = workOf({ id, payload: payload as EventFacts['payload'] }, { look, own });
        await Promise.all(work.map(add));
      } catch (thrown) {
        // Probot would log the whole payload with it
        onDefect(id, thrown);
      }
    });
}
