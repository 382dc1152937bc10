import type { Errand } from '@model-gitops/lifecycle';
import { z } from 'zod';

/** Where the event of a workflow happened, or a sentence why nothing is looked at. */
export type EventErrand = { readonly errand: Errand } | { readonly nothing: string };

const number = z.number().int().positive();

/** The fields that we use of the payloads, as GitHub documents them. */
const WithPullRequest = z.object({ action: z.string().optional(), pull_request: z.object({ number }) });
const WithComment = z.object({
  action: z.string().optional(),
  issue: z.object({ number }),
  comment: z.object({
    id: number,
    body: z.string(),
    user: z.object({ login: z.string(), type: z.string().optional() }).nullable(),
  }),
});
const WithMergeGroup = z.object({ merge_group: z.object({ head_sha: z.string(), head_ref: z.string() }) });

const theWhole: EventErrand = { errand: { kind: 'repository' } };

/** A closed one may have been merged, which the whole repository has to know. */
function ofPullRequest(payload: unknown): EventErrand {
  const parsed = WithPullRequest.safeParse(payload);
  if (!parsed.success || parsed.data.action === 'closed') return theWhole;
  return { errand: { kind: 'pull-request', number: parsed.data.pull_request.number, postOn: null } };
}

/** Only a new comment whose first line is a command, and never a bot's. */
function ofComment(payload: unknown): EventErrand {
  const parsed = WithComment.safeParse(payload);
  if (!parsed.success) return { nothing: 'The payload of the comment is none that we know.' };
  const { action, issue, comment } = parsed.data;
  const { user, body } = comment;
  if (action !== undefined && action !== 'created') return { nothing: 'Only new comments are obeyed.' };
  if (user === null || user.type === 'Bot') return { nothing: 'A comment of a bot is never obeyed.' };
  if (!body.startsWith('/')) return { nothing: 'The comment does not begin with a command.' };
  const author = { login: user.login, isBot: false };
  return { errand: { kind: 'comment', number: issue.number, commentId: comment.id, author, body } };
}

/** The branch that the merge queue made names its pull request. */
function ofMergeGroup(payload: unknown): EventErrand {
  const parsed = WithMergeGroup.safeParse(payload);
  if (!parsed.success) return theWhole;
  const { head_sha: postOn, head_ref: branch } = parsed.data.merge_group;
  const [, named] = /\/pr-(\d{1,10})-[0-9a-f]{7,64}$/.exec(branch) ?? [];
  return named === undefined ? theWhole : { errand: { kind: 'pull-request', number: Number(named), postOn } };
}

/** What an event makes us look at. A payload says where to look and who commented; all else is read anew. */
export function errandOfEvent(eventName: string, payload: unknown): EventErrand {
  switch (eventName) {
    case 'issue_comment':
      return ofComment(payload);
    case 'pull_request':
    case 'pull_request_target':
    case 'pull_request_review':
      return ofPullRequest(payload);
    case 'merge_group':
      return ofMergeGroup(payload);
    default:
      return theWhole;
  }
}
