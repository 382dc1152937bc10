import type { Context as Request } from 'hono';
import { z } from 'zod';
import type { Api, Env } from '../api.ts';
import { timeOf } from '../context.ts';
import { type EnteredDiscussion, enterComment, enterDiscussion } from '../discussions/enter-discussion.ts';
import { takePage } from '../paging.ts';
import { readBody } from '../read-body.ts';
import type { Reaction } from '../records/discussions.ts';
import { refusals } from '../refusals.ts';
import { isSameName, nextId } from '../state.ts';
import { reactionContents, reactionView } from '../views/reaction.ts';

const written = z.object({ content: z.enum(reactionContents) });

type Subject = Reaction['subject'];
/** Who asks, and what the reactions are below. */
type Entrance = (c: Request<Env>, level: 'read' | 'write') => EnteredDiscussion & { readonly subject: Subject };

/** The same three routes below an issue and below a comment. */
function routesBelow({ app, context }: Api, path: string, entrance: Entrance): void {
  const { reactions } = context.state;
  const isBelow = (subject: Subject) => (one: Reaction) =>
    one.subject.kind === subject.kind && one.subject.id === subject.id;
  app.get(path, (c) => {
    const { subject } = entrance(c, 'read');
    const content = c.req.query('content');
    const below = reactions.filter(isBelow(subject)).filter((one) => content === undefined || one.content === content);
    return c.json(takePage(c, below).map((one) => reactionView(context, one)));
  });
  app.post(path, async (c) => {
    const { repository, subject, who } = entrance(c, 'write');
    const { content } = await readBody(c, 'Reaction', written);
    const isSame = (one: Reaction) => one.content === content && isSameName(one.author, who.login);
    const known = reactions.filter(isBelow(subject)).find(isSame);
    if (known !== undefined) return c.json(reactionView(context, known), 200);
    const id = nextId(context.state);
    const author = who.login;
    const made = { id, repository: repository.id, subject, author, content, createdAt: timeOf(context) };
    reactions.push(made);
    return c.json(reactionView(context, made), 201);
  });
  app.delete(`${path}/:reaction`, (c) => {
    const { subject, who } = entrance(c, 'write');
    const found = reactions.filter(isBelow(subject)).find(({ id }) => id === Number(c.req.param('reaction')));
    if (found === undefined || !isSameName(found.author, who.login)) throw refusals.notFound();
    reactions.splice(reactions.indexOf(found), 1);
    return c.body(null, 204);
  });
}

export const reactionRoutes = (api: Api): void => {
  routesBelow(api, '/repos/:owner/:repo/issues/:number{[0-9]+}/reactions', (c, level) => {
    const entered = enterDiscussion(api.context, c, level);
    return { ...entered, subject: { kind: 'issue', id: entered.issue.id } };
  });
  routesBelow(api, '/repos/:owner/:repo/issues/comments/:id/reactions', (c, level) => {
    const entered = enterComment(api.context, c, level);
    return { ...entered, subject: { kind: 'comment', id: entered.comment.id } };
  });
};
