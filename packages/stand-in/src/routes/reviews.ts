import { z } from 'zod';
import type { Api } from '../api.ts';
import { takePage } from '../paging.ts';
import { createReview, dismissReview, findReview, submitReview } from '../pulls/reviews.ts';
import { readBody } from '../read-body.ts';
import { refusals } from '../refusals.ts';
import { hasRole } from '../require-permission.ts';
import { isSameName } from '../state.ts';
import { reviewView } from '../views/review.ts';
import { enterPullRequest } from './pulls.ts';

const event = z.enum(['APPROVE', 'REQUEST_CHANGES', 'COMMENT']);
const newReview = z.object({
  body: z.string().optional(),
  event: event.optional(),
  commit_id: z.string().optional(),
});
const submission = z.object({ body: z.string().default(''), event });
const dismissal = z.object({ message: z.string().min(1) });

const path = '/repos/:owner/:repo/pulls/:number{[0-9]+}/reviews';

const readRoutes = ({ app, context }: Api): void => {
  app.get(path, (c) => {
    const { repository, pull, who } = enterPullRequest(context, c, { pull_requests: 'read' });
    const reviews = context.state.reviews.filter(
      (one) =>
        one.repository === repository.id &&
        one.number === pull.number &&
        (one.state !== 'PENDING' || isSameName(one.author, who.login)),
    );
    return c.json(takePage(c, reviews).map((review) => reviewView(context, repository, review)));
  });
  app.get(`${path}/:id{[0-9]+}`, (c) => {
    const { repository, pull } = enterPullRequest(context, c, { pull_requests: 'read' });
    return c.json(reviewView(context, repository, findReview(context, repository, pull, Number(c.req.param('id')))));
  });
};

const writeRoutes = ({ app, context }: Api): void => {
  app.post(path, async (c) => {
    const { repository, pull, who } = enterPullRequest(context, c, { pull_requests: 'write' });
    const { body, event: verdict, commit_id: commit } = await readBody(c, 'PullRequestReview', newReview);
    const review = await createReview(context, repository, pull, who, { body, event: verdict, commit });
    return c.json(reviewView(context, repository, review));
  });
  app.post(`${path}/:id{[0-9]+}/events`, async (c) => {
    const { repository, pull, who } = enterPullRequest(context, c, { pull_requests: 'write' });
    const review = findReview(context, repository, pull, Number(c.req.param('id')));
    if (!isSameName(review.author, who.login)) throw refusals.notFound();
    const given = await readBody(c, 'PullRequestReview', submission);
    await submitReview(context, repository, pull, review, who, given);
    return c.json(reviewView(context, repository, review));
  });
  app.put(`${path}/:id{[0-9]+}/dismissals`, async (c) => {
    const { repository, pull, who } = enterPullRequest(context, c, { pull_requests: 'write' });
    if (!hasRole(repository, who, 'write')) throw refusals.forbidden('Must have push access', 'pull_requests=write');
    const review = findReview(context, repository, pull, Number(c.req.param('id')));
    await readBody(c, 'PullRequestReview', dismissal);
    await dismissReview(context, repository, pull, review, who);
    return c.json(reviewView(context, repository, review));
  });
};

export const reviewRoutes = (api: Api): void => {
  readRoutes(api);
  writeRoutes(api);
};
