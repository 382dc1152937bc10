import { finishRegistrations } from '../registry/finish-registrations.ts';
import type { ReconcileDocument } from './changes.ts';
import { checkPullRequest } from './check-pull-request.ts';
import type { Errand } from './errand.ts';
import { obeyComment } from './obey-comment.ts';
import type { ReconcilePorts } from './read-facts.ts';
import { type ReconcileRequest, reconcile } from './reconcile.ts';

function finishIn({ git, store = null }: ReconcilePorts): Promise<readonly string[]> {
  return finishRegistrations({ git, store });
}

function withFinished(document: ReconcileDocument, tags: readonly string[]): ReconcileDocument {
  const notes = tags.map((tag) => `the registration of ${tag} had stopped on the way; its bytes are published now`);
  return { ...document, notes: [...document.notes, ...notes] };
}

/** Looks where something happened, and does what is to be done there: the one way in for app, action and command line. */
export async function runErrand(
  errand: Errand,
  { dryRun }: ReconcileRequest,
  ports: ReconcilePorts,
): Promise<ReconcileDocument> {
  switch (errand.kind) {
    case 'repository':
      return withFinished(await reconcile({ dryRun }, ports), dryRun ? [] : await finishIn(ports));
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
