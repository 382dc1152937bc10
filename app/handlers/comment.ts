import { type Look, nothing } from './look.ts';

interface CommentEvent {
  readonly issue: { readonly number: number };
  readonly comment: {
    readonly id: number;
    readonly body: string;
    readonly user: { readonly login: string; readonly type?: string | undefined } | null;
  };
}

/** Only a first line that is a command is listened to, and never a bot's: its words may be anybody's. */
export function lookAtComment({ issue: { number }, comment: { id, body, user } }: CommentEvent): readonly Look[] {
  if (user === null || user.type === 'Bot' || !body.startsWith('/')) return nothing;
  const author = { login: user.login, isBot: false };
  return [{ errand: { kind: 'comment', number, commentId: id, author, body }, isFresh: true }];
}
