import type { Context as Request } from 'hono';
import { z } from 'zod';
import type { Api, Env } from '../api.ts';
import type { Context } from '../context.ts';
import { takePage } from '../paging.ts';
import { readBody } from '../read-body.ts';
import type { Repository } from '../records/repositories.ts';
import type { Delivery, Hook } from '../records/webhooks.ts';
import { refusals } from '../refusals.ts';
import { enter } from '../require-permission.ts';
import { nextId } from '../state.ts';
import { configView, deliveryItemView, deliveryView, hookView } from '../views/hook.ts';
import type { Webhooks } from '../webhooks/create-webhooks.ts';
import { enterAsApp } from './apps.ts';

const config = z.object({ url: z.url(), secret: z.string().optional(), content_type: z.string().optional() });
const newHook = z.object({ config, events: z.array(z.string()).default(['push']) });
const changedHook = z.object({ config: config.partial().optional(), events: z.array(z.string()).optional() });

/** The first that a hook is told: that it is there. */
function tellPing(context: Context, repository: Repository, hook: Hook, sender: string): void {
  const payload = { zen: 'Keep it logically awesome.', hook_id: hook.id, hook: hookView(context, repository, hook) };
  context.emit({ name: 'ping', action: null, repository, sender, onlyHook: hook.id, payload });
}

function pickHook(context: Context, c: Request<Env>, repository: Repository): Hook {
  const hook = context.state.hooks.find(({ id }) => id === Number(c.req.param('id')));
  if (hook?.repository !== repository.id) throw refusals.notFound();
  return hook;
}

function repositoryHookRoutes({ app, context }: Api): void {
  const { hooks } = context.state;
  const [all, one] = ['/repos/:owner/:repo/hooks', '/repos/:owner/:repo/hooks/:id{[0-9]+}'] as const;
  app.get(all, (c) => {
    const { repository } = enter(context, c, { repository_hooks: 'read' });
    const own = hooks.filter((hook) => hook.repository === repository.id);
    return c.json(takePage(c, own).map((hook) => hookView(context, repository, hook)));
  });
  app.post(all, async (c) => {
    const { repository, who } = enter(context, c, { repository_hooks: 'write' });
    const given = await readBody(c, 'Hook', newHook);
    const { url, secret = null } = given.config;
    const hook = {
      id: nextId(context.state),
      repository: repository.id,
      appId: null,
      url,
      secret,
      events: given.events,
    };
    hooks.push(hook);
    tellPing(context, repository, hook, who.login);
    return c.json(hookView(context, repository, hook), 201);
  });
  app.get(one, (c) => {
    const { repository } = enter(context, c, { repository_hooks: 'read' });
    return c.json(hookView(context, repository, pickHook(context, c, repository)));
  });
  app.patch(one, async (c) => {
    const { repository } = enter(context, c, { repository_hooks: 'write' });
    const hook = pickHook(context, c, repository);
    const given = await readBody(c, 'Hook', changedHook);
    hook.url = given.config?.url ?? hook.url;
    hook.secret = given.config?.secret ?? hook.secret;
    hook.events = given.events ?? hook.events;
    return c.json(hookView(context, repository, hook));
  });
  app.delete(one, (c) => {
    const { repository } = enter(context, c, { repository_hooks: 'write' });
    hooks.splice(hooks.indexOf(pickHook(context, c, repository)), 1);
    return c.body(null, 204);
  });
  app.post(`${one}/pings`, (c) => {
    const { repository, who } = enter(context, c, { repository_hooks: 'read' });
    tellPing(context, repository, pickHook(context, c, repository), who.login);
    return c.body(null, 204);
  });
}

/** The app's own webhook, by its key: address, secret, what was delivered, and delivering it again. */
function appHookRoutes({ app, context }: Api, webhooks: Webhooks): void {
  const { deliveries } = context.state;
  const pick = (c: Request<Env>): Delivery => {
    const { id } = enterAsApp(context, c);
    const found = deliveries.find((one) => one.id === Number(c.req.param('id')) && one.appId === id);
    if (found === undefined) throw refusals.notFound();
    return found;
  };
  const configOf = ({ webhookUrl: url, webhookSecret: secret }: ReturnType<typeof enterAsApp>) =>
    configView({ url, secret });
  app.get('/app/hook/config', (c) => c.json(configOf(enterAsApp(context, c))));
  app.patch('/app/hook/config', async (c) => {
    const own = enterAsApp(context, c);
    const given = await readBody(c, 'Hook', config.partial());
    own.webhookUrl = given.url ?? own.webhookUrl;
    own.webhookSecret = given.secret ?? own.webhookSecret;
    return c.json(configOf(own));
  });
  app.get('/app/hook/deliveries', (c) => {
    const { id } = enterAsApp(context, c);
    const own = deliveries.filter(({ appId }) => appId === id).toReversed();
    return c.json(takePage(c, own).map((one) => deliveryItemView(context, one)));
  });
  app.get('/app/hook/deliveries/:id', (c) => c.json(deliveryView(context, pick(c))));
  app.post('/app/hook/deliveries/:id/attempts', (c) => {
    webhooks.redeliver(pick(c).guid);
    return c.json({}, 202);
  });
}

export const hookRoutes = (api: Api, webhooks: Webhooks): void => {
  repositoryHookRoutes(api);
  appHookRoutes(api, webhooks);
};
