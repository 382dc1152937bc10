import type { Api } from '../api.ts';
import { takePage } from '../paging.ts';
import { refusals } from '../refusals.ts';
import { enter, memberRole } from '../require-permission.ts';
import { findUser } from '../state.ts';
import { collaboratorView, permissionOf } from '../views/collaborator.ts';

const path = '/repos/:owner/:repo/collaborators';

/** Who may do what in a repository. */
export const collaboratorRoutes = ({ app, context }: Api): void => {
  app.get(path, (c) => {
    const { repository } = enter(context, c, { contents: 'write' });
    const members = [...new Set([repository.owner, ...Object.keys(repository.collaborators)])];
    const people = members.filter((login) => findUser(context.state, login)?.type !== 'Organization');
    return c.json(takePage(c, people).map((login) => collaboratorView(context, login, memberRole(repository, login))));
  });
  app.get(`${path}/:login`, (c) => {
    const { repository } = enter(context, c, { metadata: 'read' });
    if (memberRole(repository, c.req.param('login')) === null) throw refusals.notFound();
    return c.body(null, 204);
  });
  app.get(`${path}/:login/permission`, (c) => {
    const { repository } = enter(context, c, { metadata: 'read' });
    const user = findUser(context.state, c.req.param('login'));
    if (user === undefined) throw refusals.notFound(`${c.req.param('login')} is not a user`);
    // everybody reads what is public
    const role = memberRole(repository, user.login) ?? (repository.isPrivate ? null : 'read');
    const view = collaboratorView(context, user.login, role);
    return c.json({ permission: permissionOf(role), role_name: role ?? 'none', user: view });
  });
};
