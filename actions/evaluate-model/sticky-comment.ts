import type { Account, Comment } from '@model-gitops/lifecycle';

/** What the comment is about and how new it is, in its first line, which nobody sees. */
export interface Marker {
  readonly key: string;
  /** Head of the pull request; null: not known. */
  readonly head: string | null;
  /** Number of the workflow run: a later run has a higher one. */
  readonly run: number;
}

/** One comment for the models that were asked for; `commentKey` tells several workflows apart. */
export function keyOf(models: readonly string[], commentKey: string | null): string {
  const names = [...new Set(models)].toSorted().join(',');
  return [names, ...(commentKey === null ? [] : [commentKey])].map(encodeURIComponent).join('/');
}

export function renderMarker({ key, head, run }: Marker): string {
  return `<!-- model-gitops:eval key=${key} sha=${head ?? 'unknown'} run=${run} v=1 -->`;
}

/** The marker of a comment of ours. Only where one begins with it: what is quoted further down is no marker. */
export function parseMarker(body: string): Marker | null {
  const [, key, head, run] =
    /^<!-- model-gitops:eval key=(\S+) sha=([0-9a-f]{40,64}|unknown) run=(\d{1,15}) v=1 -->/.exec(body) ?? [];
  if (key === undefined) return null;
  return { key, head: head === 'unknown' ? null : (head ?? null), run: Number(run) };
}

/** Whether anything here looks like our comment, whoever wrote it: only then it must be asked who we are. */
export function hasMarker(comments: readonly Comment[], key: string): boolean {
  return comments.some(({ body }) => parseMarker(body)?.key === key);
}

export type CommentPlan =
  | { readonly kind: 'create' }
  | { readonly kind: 'edit'; readonly id: number }
  | { readonly kind: 'leave' };

const sameText = (one: string, other: string) => one.replace(/\r\n/g, '\n').trim() === other.trim();

/**
 * One comment, edited and never repeated. What somebody else wrote is never touched, whatever it begins with; what a
 * newer run wrote stays. `isWanted`: there is something to say, so that one is made where there is none.
 */
export function planComment(
  comments: readonly Comment[],
  { marker, body, self, isWanted }: { marker: Marker; body: string; self: Account | null; isWanted: boolean },
): CommentPlan {
  const ours = comments.filter(
    (comment) => self !== null && comment.author?.login === self.login && parseMarker(comment.body)?.key === marker.key,
  );
  const [first] = ours;
  if (first === undefined) return { kind: isWanted ? 'create' : 'leave' };
  const newest = Math.max(...ours.map((comment) => parseMarker(comment.body)?.run ?? 0));
  if (newest > marker.run || sameText(first.body, body)) return { kind: 'leave' };
  return { kind: 'edit', id: first.id };
}
