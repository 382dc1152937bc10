import type { Context } from '../context.ts';
import type { Reaction } from '../records/discussions.ts';
import { nodeId, type Schema } from './schema.ts';
import { userView } from './user.ts';

export const reactionContents = ['+1', '-1', 'laugh', 'confused', 'heart', 'hooray', 'rocket', 'eyes'] as const;

export function reactionView(context: Context, { id, author, content, createdAt }: Reaction): Schema<'reaction'> {
  return { id, node_id: nodeId('Reaction', id), user: userView(context, author), content, created_at: createdAt };
}

/** How often each stands below an issue or a comment. */
export function reactionCounts({ state }: Context, subject: Reaction['subject'], url: string) {
  const below = state.reactions.filter((one) => one.subject.kind === subject.kind && one.subject.id === subject.id);
  const counts = reactionContents.map((content) => [content, below.filter((one) => one.content === content).length]);
  const byContent: Omit<Schema<'reaction-rollup'>, 'url' | 'total_count'> = Object.fromEntries(counts);
  return { url: `${url}/reactions`, total_count: below.length, ...byContent };
}
