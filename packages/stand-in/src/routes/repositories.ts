import type { Api } from '../api.ts';
import { enter } from '../require-permission.ts';
import { fullRepositoryView } from '../views/repository.ts';

export const repositoryRoutes = ({ app, context }: Api): void => {
  app.get('/repos/:owner/:repo', (c) => {
    const { repository, who } = enter(context, c, { metadata: 'read' });
    return c.json(fullRepositoryView(context, repository, who));
  });
};
