export { checkPullRequest, type PullRequestCheckRequest } from './check-pull-request.ts';
export type { Errand } from './errand.ts';
export { type CommentRequest, obeyComment } from './obey-comment.ts';
export { type ParsedCommand, parseCommand } from './parse-command.ts';
export { planReconciliation } from './plan-reconciliation.ts';
export type { ReconcilePorts } from './read-facts.ts';
export { type ReconcileRequest, reconcile } from './reconcile.ts';
export { runErrand } from './run-errand.ts';
export type { ReconcileDocument, ReconciliationChange, ReconciliationFacts } from './types.ts';
