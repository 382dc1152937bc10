import { z } from 'zod';
import type { Api } from '../api.ts';
import { enterDiscussion, requireTriage } from '../discussions/enter-discussion.ts';
import { addLabel, findLabel, setLabels } from '../discussions/labels.ts';
import { takePage } from '../paging.ts';
import { readBody } from '../read-body.ts';
import { refusals } from '../refusals.ts';
import { enter } from '../require-permission.ts';
import { isSameName } from '../state.ts';
import { labelView } from '../views/label.ts';

const color = z.string().regex(/^[0-9a-fA-F]{6}$/, 'is not six hexadecimal digits');
const name = z.string().min(1).max(50, 'is too long (maximum is 50 characters)');
const newLabel = z.object({ name, color: color.optional(), description: z.string().max(100).nullable().optional() });
const changedLabel = z.object({
  new_name: name.optional(),
  color: color.optional(),
  description: z.string().max(100).nullable().optional(),
});
/** `{ "labels": ["a"] }`, a list alone, or objects with names. */
const oneName = z.union([name, z.object({ name }).transform((label) => label.name)]);
const someNames = z.union([z.array(oneName), z.object({ labels: z.array(oneName) }).transform(({ labels }) => labels)]);

function repositoryLabelRoutes({ app, context }: Api): void {
  const { state } = context;
  app.get('/repos/:owner/:repo/labels', (c) => {
    const { repository } = enter(context, c, { issues: 'read' });
    const own = state.labels.filter((label) => label.repository === repository.id);
    return c.json(takePage(c, own).map((label) => labelView(context, repository, label.name)));
  });
  app.post('/repos/:owner/:repo/labels', async (c) => {
    const entered = enter(context, c, { issues: 'write' });
    requireTriage(entered);
    const given = await readBody(c, 'Label', newLabel);
    const { repository } = entered;
    if (findLabel(context, repository, given.name) !== undefined)
      throw refusals.invalid({ resource: 'Label', code: 'already_exists', field: 'name' });
    const label = addLabel(context, repository, {
      name: given.name,
      ...(given.color === undefined ? {} : { color: given.color }),
      description: given.description ?? null,
    });
    return c.json(labelView(context, repository, label.name), 201);
  });
  app.get('/repos/:owner/:repo/labels/:name', (c) => {
    const { repository } = enter(context, c, { issues: 'read' });
    const label = findLabel(context, repository, c.req.param('name'));
    if (label === undefined) throw refusals.notFound();
    return c.json(labelView(context, repository, label.name));
  });
  app.patch('/repos/:owner/:repo/labels/:name', async (c) => {
    const entered = enter(context, c, { issues: 'write' });
    requireTriage(entered);
    const { repository } = entered;
    const label = findLabel(context, repository, c.req.param('name'));
    if (label === undefined) throw refusals.notFound();
    const given = await readBody(c, 'Label', changedLabel);
    const before = label.name;
    label.name = given.new_name ?? before;
    label.color = given.color ?? label.color;
    if (given.description !== undefined) label.description = given.description;
    for (const issue of state.issues)
      if (issue.repository === repository.id)
        issue.labels = issue.labels.map((one) => (isSameName(one, before) ? label.name : one));
    return c.json(labelView(context, repository, label.name));
  });
  app.delete('/repos/:owner/:repo/labels/:name', (c) => {
    const entered = enter(context, c, { issues: 'write' });
    requireTriage(entered);
    const label = findLabel(context, entered.repository, c.req.param('name'));
    if (label === undefined) throw refusals.notFound();
    state.labels.splice(state.labels.indexOf(label), 1);
    for (const issue of state.issues)
      if (issue.repository === label.repository)
        issue.labels = issue.labels.filter((one) => !isSameName(one, label.name));
    return c.body(null, 204);
  });
}

function issueLabelRoutes({ app, context }: Api): void {
  const path = '/repos/:owner/:repo/issues/:number{[0-9]+}/labels';
  app.get(path, (c) => {
    const { repository, issue } = enterDiscussion(context, c, 'read');
    return c.json(takePage(c, issue.labels).map((one) => labelView(context, repository, one)));
  });
  const change = (before: readonly string[], given: readonly string[], isAdded: boolean) =>
    isAdded ? [...before, ...given] : given;
  for (const method of ['POST', 'PUT'] as const)
    app.on(method, path, async (c) => {
      const entered = enterDiscussion(context, c, 'write');
      requireTriage(entered);
      const { repository, issue, who } = entered;
      const given = await readBody(c, 'Label', someNames);
      const names = change(issue.labels, given, method === 'POST');
      await setLabels(context, { repository, issue, sender: who.login }, names);
      return c.json(issue.labels.map((one) => labelView(context, repository, one)));
    });
  app.delete(path, async (c) => {
    const entered = enterDiscussion(context, c, 'write');
    requireTriage(entered);
    const { repository, issue, who } = entered;
    await setLabels(context, { repository, issue, sender: who.login }, []);
    return c.body(null, 204);
  });
  app.delete(`${path}/:name`, async (c) => {
    const entered = enterDiscussion(context, c, 'write');
    requireTriage(entered);
    const { repository, issue, who } = entered;
    const gone = c.req.param('name') ?? '';
    if (!issue.labels.some((one) => isSameName(one, gone))) throw refusals.notFound();
    const left = issue.labels.filter((one) => !isSameName(one, gone));
    await setLabels(context, { repository, issue, sender: who.login }, left);
    return c.json(issue.labels.map((one) => labelView(context, repository, one)));
  });
}

export const labelRoutes = (api: Api): void => {
  repositoryLabelRoutes(api);
  issueLabelRoutes(api);
};
