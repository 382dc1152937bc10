import type { Context as Request } from 'hono';
import type { Actor } from '../actor.ts';
import type { Api, Env } from '../api.ts';
import { authenticate } from '../authenticate.ts';
import type { Context } from '../context.ts';
import { runHttpBackend } from '../pushes/http-backend.ts';
import { receivePack } from '../pushes/receive-pack.ts';
import type { Repository } from '../records/repositories.ts';
import { Refusal } from '../refusals.ts';
import { canRead, may } from '../require-permission.ts';
import { findRepository } from '../state.ts';

/** Git shows the first line to its user; it asks for a credential only when it is told so. */
const refuse = (status: number, text: string) =>
  new Response(`${text}\n`, {
    status,
    headers: {
      'content-type': 'text/plain',
      ...(status === 401 ? { 'www-authenticate': 'Basic realm="GitHub"' } : {}),
    },
  });

type Entered = { readonly who: Actor; readonly repository: Repository };

async function whoAsks(context: Context, c: Request<Env>): Promise<Actor | null> {
  try {
    return await authenticate(context, c.req.header('authorization'));
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

async function enterGit(context: Context, c: Request<Env>, isPush: boolean): Promise<Entered | Response> {
  const who = await whoAsks(context, c);
  if (who === null) return refuse(401, 'Invalid username or token.');
  const name = (c.req.param('name') ?? '').replace(/\.git$/, '');
  const repository = findRepository(context.state, c.req.param('owner') ?? '', name);
  const isSeen = repository !== undefined && canRead(repository, who) && may(repository, who, 'contents', 'read');
  if (!isSeen)
    return who.kind === 'anonymous' ? refuse(401, 'Authentication required.') : refuse(404, 'Repository not found.');
  if (!isPush || may(repository, who, 'contents', 'write')) return { who, repository };
  if (who.kind === 'anonymous') return refuse(401, 'Authentication required.');
  return refuse(403, `Permission to ${repository.owner}/${repository.name}.git denied to ${who.login}.`);
}

/** Clone, fetch and push: `<url>/<owner>/<name>.git`, with a token as password. */
export const gitHttpRoutes = ({ root, context }: Api): void => {
  const answer = async (c: Request<Env>, path: string, isPush: boolean): Promise<Response> => {
    const entered = await enterGit(context, c, isPush);
    if (entered instanceof Response) return entered;
    const { who, repository } = entered;
    const body = Buffer.from(await c.req.arrayBuffer());
    const query = new URL(c.req.url).search.slice(1);
    const headers = c.req.raw.headers;
    const request = { method: c.req.method, path, query, headers, body, login: who.login };
    return path === '/git-receive-pack'
      ? receivePack(context, repository, who, request)
      : runHttpBackend(context, repository, request, {});
  };
  root.get('/:owner/:name/info/refs', (c) => answer(c, '/info/refs', c.req.query('service') === 'git-receive-pack'));
  root.post('/:owner/:name/git-upload-pack', (c) => answer(c, '/git-upload-pack', false));
  root.post('/:owner/:name/git-receive-pack', (c) => answer(c, '/git-receive-pack', true));
};
