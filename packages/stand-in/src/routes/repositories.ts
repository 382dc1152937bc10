import { z } from 'zod';
import type { Api } from '../api.ts';
import { readBody } from '../read-body.ts';
import { refusals } from '../refusals.ts';
import { forkRepository } from '../repositories.ts';
import { enter } from '../require-permission.ts';
import { findUser } from '../state.ts';
import { fullRepositoryView } from '../views/repository.ts';
import { publicUserView } from '../views/user.ts';

const noOptions = z.object({});

const userRoutes = ({ app, context }: Api): void => {
  app.get('/user', (c) => {
    const who = c.get('who');
    if (who.kind === 'anonymous') throw refusals.requiresAuthentication();
    if (who.kind !== 'user') throw refusals.notAccessible('integration', 'metadata=read');
    const user = findUser(context.state, who.login);
    if (user === undefined) throw refusals.notFound();
    return c.json(publicUserView(context, user));
  });
  app.get('/users/:login', (c) => {
    const user = findUser(context.state, c.req.param('login'));
    if (user === undefined) throw refusals.notFound();
    return c.json(publicUserView(context, user));
  });
};

/** Repositories and the people of them. */
export const repositoryRoutes = (api: Api): void => {
  const { app, context } = api;
  userRoutes(api);
  app.get('/repos/:owner/:repo', (c) => {
    const { repository, who } = enter(context, c, { metadata: 'read' });
    return c.json(fullRepositoryView(context, repository, who));
  });
  app.post('/repos/:owner/:repo/forks', async (c) => {
    const { repository, who } = enter(context, c, { contents: 'read' });
    if (who.kind === 'anonymous') throw refusals.requiresAuthentication();
    await readBody(c, 'Repository', noOptions);
    const known = context.state.repositories.find((one) => one.parent === repository.id && one.owner === who.login);
    const fork = known ?? (await forkRepository(context, repository, who.login));
    return c.json(fullRepositoryView(context, fork, who), 202);
  });
};
