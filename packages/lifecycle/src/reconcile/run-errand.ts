import { ProblemError } from '../problem.ts';
import { finishRegistrations } from '../registry/finish-registrations.ts';
import type { ReconcileDocument } from './changes.ts';
import { checkPullRequest } from './check-pull-request.ts';
import type { Errand } from './errand.ts';
import { obeyComment } from './obey-comment.ts';
import type { ReconcilePorts } from './read-facts.ts';
import { type ReconcileRequest, reconcile } from './reconcile.ts';

/** What was done of reconciling stays told where this fails. */
async function withFinished(document: ReconcileDocument, ports: ReconcilePorts): Promise<ReconcileDocument> {
  const { git, store = null } = ports;
  try {
    const tags = await finishRegistrations({ git, store });
    const notes = tags.map((tag) => `the registration of ${tag} had stopped on the way: it is finished`);
    return { ...document, notes: [...document.notes, ...notes] };
  } catch (thrown) {
    if (!(thrown instanceof ProblemError)) throw thrown;
    const notes = thrown.problems.map(({ message, remedy }) => `${message} ${remedy}`);
    return { ...document, outcome: 'fail', notes: [...notes, ...document.notes] };
  }
}

async function reconcileAll({ dryRun }: ReconcileRequest, ports: ReconcilePorts): Promise<ReconcileDocument> {
  const document = await reconcile({ dryRun }, ports);
  return dryRun ? document : withFinished(document, ports);
}

/** Looks where something happened, and does what is to be done there: the one way in for app, action and command line. */
export function runErrand(
  errand: Errand,
  { dryRun }: ReconcileRequest,
  ports: ReconcilePorts,
): Promise<ReconcileDocument> {
  switch (errand.kind) {
    case 'repository':
      return reconcileAll({ dryRun }, ports);
    case 'pull-request': {
      const { number, postOn } = errand;
      return checkPullRequest({ number, dryRun, ...(postOn === null ? {} : { postOn }) }, ports);
    }
    case 'comment': {
      const { number, commentId, author, body } = errand;
      return obeyComment({ number, commentId, author, body, dryRun }, ports);
    }
    default:
      return errand satisfies never;
  }
}
