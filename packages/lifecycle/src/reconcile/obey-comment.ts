import type { Account } from '../ports/index.ts';
import { ProblemError } from '../problem.ts';
import { claimOnce } from '../registry/claims.ts';
import { renderRefusal } from '../texts/promotion-comments.ts';
import type { ReconcileDocument } from './changes.ts';
import { commandReasons } from './command-problems.ts';
import { type Obeyed, obeyCommand } from './obey-command.ts';
import { type ParsedCommand, parseCommand } from './parse-command.ts';
import type { ReconcilePorts } from './read-facts.ts';
import { reconcileDocument } from './reconcile.ts';

export interface CommentRequest {
  /** Of the pull request or the issue. */
  readonly number: number;
  readonly commentId: number;
  /** As the forge names who wrote it, never as a text does. */
  readonly author: Account;
  readonly body: string;
  readonly dryRun: boolean;
}

function nothing(...notes: readonly string[]): ReconcileDocument {
  return reconcileDocument({ changes: [], notes, applied: false });
}

async function refuse(
  { number, commentId, dryRun }: CommentRequest,
  { line }: ParsedCommand,
  { reasons, isTold }: { readonly reasons: readonly string[]; readonly isTold: boolean },
  { forge }: ReconcilePorts,
): Promise<ReconcileDocument> {
  if (!dryRun) {
    await forge.comments.react(commentId, 'confused');
    if (isTold) await forge.comments.create(number, renderRefusal({ command: line, reasons }));
  }
  return { ...nothing(...reasons), outcome: 'fail' };
}

async function mayWrite({ login }: Account, { forge }: ReconcilePorts): Promise<boolean> {
  const permission = await forge.people.readPermission(login);
  return permission === 'admin' || permission === 'write';
}

/** A stranger is told once in each place, however often they try. */
async function refuseStranger(
  request: CommentRequest,
  parsed: ParsedCommand,
  ports: ReconcilePorts,
): Promise<ReconcileDocument> {
  const login = request.author.login.toLowerCase().replace(/[^a-z0-9-]/g, '_');
  const isTold = !request.dryRun && (await claimOnce({ model: '', key: `stranger-${request.number}-${login}` }, ports));
  return refuse(request, parsed, { reasons: [commandReasons.notAllowed()], isTold }, ports);
}

/** What the user can fix is told where it was asked; anything else is for who runs this. */
async function obeyed(request: CommentRequest, { command }: ParsedCommand, ports: ReconcilePorts): Promise<Obeyed> {
  if (command.kind === 'refused') return { refused: [command.reason] };
  const { author, ...order } = request;
  try {
    return await obeyCommand({ ...order, command, login: author.login }, ports);
  } catch (cause) {
    if (!(cause instanceof ProblemError) || cause.kind === 'could-not-run') throw cause;
    return { refused: cause.problems.map(({ message, remedy }) => `${message} ${remedy}`) };
  }
}

/**
 * Obeys the command in a new comment, once: whoever claims the comment does it, and a comment that was claimed is never
 * obeyed again, since the same rollback twice goes back two versions. A bot is not obeyed, a stranger is told why not.
 */
export async function obeyComment(request: CommentRequest, ports: ReconcilePorts): Promise<ReconcileDocument> {
  const { author, body, commentId, dryRun } = request;
  const parsed = author.isBot ? null : parseCommand(body);
  if (parsed === null) return nothing();
  if (!(await mayWrite(author, ports))) return refuseStranger(request, parsed, ports);
  if (!dryRun) {
    const isOurs = await claimOnce({ model: '', key: `comment-${commentId}` }, ports);
    if (!isOurs) return nothing('this comment was obeyed already');
    await ports.forge.comments.react(commentId, 'eyes');
  }
  const answer = await obeyed(request, parsed, ports);
  if ('refused' in answer) return refuse(request, parsed, { reasons: answer.refused, isTold: true }, ports);
  if (!dryRun) await ports.forge.comments.react(commentId, 'rocket');
  return answer.document;
}
