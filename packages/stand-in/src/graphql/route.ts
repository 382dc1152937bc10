import { z } from 'zod';
import type { Api } from '../api.ts';
import { Refusal, refusals } from '../refusals.ts';
import { answerQuery } from './answer-query.ts';

const body = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

const noQuery = 'A query attribute must be specified and must be a string.';

export const graphqlRoute = ({ root, context }: Api): void => {
  root.post('/api/graphql', async (c) => {
    const who = c.get('who');
    if (who.kind === 'anonymous') throw refusals.unauthorized('This endpoint requires you to be authenticated.');
    const sent = await c.req.json().catch(() => null);
    if (sent === null) throw refusals.badRequest('Problems parsing JSON');
    const asked = body.safeParse(sent);
    if (!asked.success) throw new Refusal(400, { errors: [{ message: noQuery }] });
    const { query, variables, operationName } = asked.data;
    const { answer, points } = await answerQuery(context, who, {
      query,
      variables: variables ?? {},
      operationName: operationName ?? null,
    });
    c.set('points', points);
    return c.json(answer);
  });
};
