import {
  type Answer,
  type Checkout,
  type Comments,
  type Forge,
  ProblemError,
  readRegistry,
} from '@model-gitops/lifecycle';
import { withNote } from '../with-note.ts';
import type { WorkflowFacts } from '../workflow-facts.ts';
import type { CommentPlace } from './comment-place.ts';
import { renderComment } from './comment-text.ts';
import { hasNews } from './judge-news.ts';
import { hasMarker, type Marker, planComment } from './sticky-comment.ts';

export interface CommentRequest {
  readonly mode: 'changes' | 'always' | 'never';
  readonly key: string;
  /** null: there is no pull request to comment on. */
  readonly place: CommentPlace | null;
  readonly facts: WorkflowFacts;
  /** Takes tokens out of a text. */
  readonly hide: (text: string) => string;
}

type CommentCheckout = Pick<Checkout, 'forge' | 'openReader'>;

/** What cannot be read is news: better a comment too many than one that is missing. */
async function isWorthTelling(answer: Answer, { openReader }: CommentCheckout): Promise<boolean> {
  if (answer.outcome !== 'pass') return true;
  try {
    const { reader } = await openReader();
    return hasNews(answer, await readRegistry(reader));
  } catch (thrown) {
    if (thrown instanceof ProblemError) return true;
    throw thrown;
  }
}

async function write(comments: Comments, number: number, plan: ReturnType<typeof planComment>, body: string) {
  if (plan.kind === 'create') await comments.create(number, body);
  if (plan.kind === 'edit') await comments.edit(plan.id, body);
}

/** Reads what is there just before it writes: another run may have been quicker. */
async function post(
  answer: Answer,
  { mode, key, facts, hide }: CommentRequest,
  { number, run }: CommentPlace,
  { forge, ...checkout }: CommentCheckout & { readonly forge: Forge },
): Promise<void> {
  const marker: Marker = { key, head: facts.pullRequestHead, run };
  const body = hide(renderComment(answer, marker, facts));
  const isWanted = mode === 'always' || (await isWorthTelling(answer, { forge, ...checkout }));
  const there = await forge.comments.list(number);
  const self = hasMarker(there, key) ? await forge.people.readSelf() : null;
  await write(forge.comments, number, planComment(there, { marker, body, self, isWanted }), body);
}

const elsewhere = 'The text is in the summary of the job.';
const permission = 'Add "pull-requests: write" under "permissions:" of the job, or set "comment: never" for this step.';

/** A comment that cannot be written is a warning: the verdict stands without it. */
function told(answer: Answer, { problems }: ProblemError): Answer {
  const isDenied = problems.some(({ code }) => code !== 'forge-unreachable' && code !== 'forge-limit');
  const words = problems.map(({ message }) => message).join(' ');
  const remedy = isDenied ? `${permission} ${elsewhere}` : elsewhere;
  return withNote(answer, 'warning', 'evaluate-model', `No comment was written: ${words} ${remedy}`);
}

/** The answer, with one comment on the pull request that says the same. Never a reason to fail. */
export async function withComment(answer: Answer, request: CommentRequest, checkout: CommentCheckout): Promise<Answer> {
  const { mode, place, facts } = request;
  const { forge } = checkout;
  if (mode === 'never' || place === null) return answer;
  if (facts.isFork) {
    const message = `No comment was written: the token of a fork's run may not ("pull-requests: write"). ${elsewhere}`;
    return withNote(answer, 'warning', 'evaluate-model', message);
  }
  if (forge === null) return answer;
  try {
    await post(answer, request, place, { ...checkout, forge });
    return answer;
  } catch (thrown) {
    if (thrown instanceof ProblemError) return told(answer, thrown);
    throw thrown;
  }
}
