import { z } from 'zod';

/** The pull request that a comment goes to, and the run that says so. */
export interface CommentPlace {
  readonly number: number;
  readonly run: number;
}

const Payload = z.object({ pull_request: z.object({ number: z.number().int().positive() }) });

/** null: the event is about no pull request. */
export function parseCommentPlace(
  payload: unknown,
  environment: Readonly<Record<string, string | undefined>>,
): CommentPlace | null {
  const parsed = Payload.safeParse(payload);
  if (!parsed.success) return null;
  const run = Number(/^\d{1,15}$/.exec(environment.GITHUB_RUN_NUMBER ?? '')?.[0] ?? 0);
  return { number: parsed.data.pull_request.number, run };
}
