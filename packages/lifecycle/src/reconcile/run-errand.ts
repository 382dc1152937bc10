import type { ReconcileDocument } from './changes.ts';
import { checkPullRequest } from './check-pull-request.ts';
import type { Errand } from './errand.ts';
import { obeyComment } from './obey-comment.ts';
import type { ReconcilePorts } from './read-facts.ts';
import { type ReconcileRequest, reconcile } from './reconcile.ts';

/** Looks where something happened, and does what is to be done there: the one way in for app, action and command line. */
export function runErrand(
  errand: Errand,
  { dryRun }: ReconcileRequest,
  ports: ReconcilePorts,
): Promise<ReconcileDocument> {
  switch (errand.kind) {
    case 'repository':
      return reconcile({ dryRun }, ports);
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
