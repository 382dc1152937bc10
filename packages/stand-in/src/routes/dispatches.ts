import { z } from 'zod';
import type { Api } from '../api.ts';
import { type Context, timeOf } from '../context.ts';
import { dispatchInputs, fillInputs } from '../dispatches/workflow-inputs.ts';
import type { Git } from '../git.ts';
import { readBlob } from '../objects/parse.ts';
import { readBody } from '../read-body.ts';
import type { Repository } from '../records/repositories.ts';
import type { Dispatch } from '../records/webhooks.ts';
import { readRef } from '../refs/refs.ts';
import { refusals } from '../refusals.ts';
import { enter } from '../require-permission.ts';
import { nextId } from '../state.ts';

const mostInputs = 25;
const mostProperties = 10;
const workflowDispatch = z.object({
  ref: z.string().min(1),
  inputs: z
    .record(z.string(), z.unknown())
    .refine((inputs) => Object.keys(inputs).length <= mostInputs, `takes ${mostInputs} inputs`)
    .default({}),
});
const repositoryDispatch = z.object({
  event_type: z.string().min(1).max(100),
  client_payload: z
    .record(z.string(), z.unknown())
    .refine((payload) => Object.keys(payload).length <= mostProperties, `takes ${mostProperties} properties`)
    .default({}),
});

type NewDispatch = Pick<Dispatch, 'kind' | 'name' | 'ref' | 'inputs' | 'actor'>;

function recordDispatch(context: Context, repository: Repository, dispatch: NewDispatch): void {
  const id = nextId(context.state);
  context.state.dispatches.push({ id, repository: repository.id, ...dispatch, at: timeOf(context) });
}

/** The full name of a branch or a tag. */
async function fullRef(git: Git, ref: string): Promise<string> {
  for (const name of [ref, `refs/heads/${ref}`, `refs/tags/${ref}`])
    if (name.startsWith('refs/') && (await readRef(git, name)) !== null) return name;
  throw refusals.unprocessable(`No ref found for: ${ref}`);
}

async function readWorkflow(git: Git, ref: string, file: string): Promise<string> {
  const blob = /[/\\]/.test(file) ? null : await readBlob(git, `${ref}:.github/workflows/${file}`);
  if (blob === null) throw refusals.notFound();
  return blob.bytes.toString('utf8');
}

export const dispatchRoutes = ({ app, context }: Api): void => {
  app.post('/repos/:owner/:repo/actions/workflows/:file/dispatches', async (c) => {
    const { repository, git, who } = enter(context, c, { actions: 'write' });
    const given = await readBody(c, 'Workflow', workflowDispatch);
    const ref = await fullRef(git, given.ref);
    const name = c.req.param('file');
    const definitions = dispatchInputs(await readWorkflow(git, ref, name));
    if (definitions === null) throw refusals.unprocessable("Workflow does not have 'workflow_dispatch' trigger");
    const inputs = fillInputs(definitions, given.inputs);
    recordDispatch(context, repository, { kind: 'workflow', name, ref, inputs, actor: who.login });
    const payload = { ref, inputs, workflow: `.github/workflows/${name}` };
    context.emit({ name: 'workflow_dispatch', action: null, repository, sender: who.login, payload });
    return c.body(null, 204);
  });
  app.post('/repos/:owner/:repo/dispatches', async (c) => {
    const { repository, who } = enter(context, c, { contents: 'write' });
    const { event_type: name, client_payload: inputs } = await readBody(c, 'RepositoryDispatch', repositoryDispatch);
    recordDispatch(context, repository, { kind: 'repository', name, ref: null, inputs, actor: who.login });
    const payload = { action: name, branch: repository.defaultBranch, client_payload: inputs };
    context.emit({ name: 'repository_dispatch', action: name, repository, sender: who.login, payload });
    return c.body(null, 204);
  });
};
