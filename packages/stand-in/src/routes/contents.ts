import { z } from 'zod';
import type { Api } from '../api.ts';
import type { Context } from '../context.ts';
import { readBlob, readCommit, readTree, type TreeEntry } from '../objects/parse.ts';
import { personOf, writeCommit, writeWebCommit } from '../objects/write.ts';
import { type TreeChange, writeTree } from '../objects/write-tree.ts';
import { readBody } from '../read-body.ts';
import type { Repository } from '../records/repositories.ts';
import { moveRef } from '../refs/move-ref.ts';
import { readBranch } from '../refs/refs.ts';
import { refusals } from '../refusals.ts';
import { type Entered, enter } from '../require-permission.ts';
import { gitCommitView } from '../views/git-objects.ts';
import { repositoryApi, repositoryPage } from '../views/schema.ts';
import { base64Lines, isRawAsked } from './git-objects.ts';

const person = z.object({ name: z.string(), email: z.string(), date: z.string().optional() });
const change = z.object({
  message: z.string().min(1),
  branch: z.string().optional(),
  sha: z.string().optional(),
  author: person.optional(),
  committer: person.optional(),
});
const put = change.extend({ content: z.string() });

const kinds: Readonly<Record<TreeEntry['mode'], 'file' | 'dir' | 'symlink' | 'submodule'>> = {
  '100644': 'file',
  '100755': 'file',
  '040000': 'dir',
  '120000': 'symlink',
  '160000': 'submodule',
};

/** More than that is no longer sent within JSON. */
const mostBytes = 1024 * 1024;

interface Item {
  readonly path: string;
  readonly ref: string;
  readonly entry: Pick<TreeEntry, 'mode' | 'kind' | 'id'>;
  readonly size: number;
}

function itemView(context: Context, repository: Repository, { path, ref, entry, size }: Item) {
  const api = repositoryApi(context, repository);
  const page = repositoryPage(context, repository);
  const kind = kinds[entry.mode];
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  const self = `${api}/contents/${encoded}?ref=${encodeURIComponent(ref)}`;
  const git = `${api}/git/${entry.kind}s/${entry.id}`;
  const html = `${page}/${kind === 'dir' ? 'tree' : 'blob'}/${ref}/${encoded}`;
  return {
    name: path.slice(path.lastIndexOf('/') + 1),
    path,
    sha: entry.id,
    size,
    url: self,
    html_url: html,
    git_url: git,
    download_url: kind === 'file' ? `${page}/raw/${ref}/${encoded}` : null,
    type: kind,
    _links: { self, git, html },
  };
}

/** The entry of a path in a commit; null where there is none. */
async function findEntry({ git }: Entered, commit: string, path: string): Promise<TreeEntry | null> {
  const slash = path.lastIndexOf('/');
  const folder = slash < 0 ? '' : path.slice(0, slash);
  const entries = await readTree(git, `${commit}:${folder}`);
  return entries?.find((entry) => entry.path === path.slice(slash + 1)) ?? null;
}

async function listFolder(context: Context, { repository, git }: Entered, path: string, ref: string, tree: string) {
  const entries = (await readTree(git, tree)) ?? [];
  const items = entries.slice(0, 1000).map(async (entry) => {
    const size = entry.kind === 'blob' ? ((await readBlob(git, entry.id))?.bytes.length ?? 0) : 0;
    const inside = path === '' ? entry.path : `${path}/${entry.path}`;
    return itemView(context, repository, { path: inside, ref, entry, size });
  });
  return Promise.all(items);
}

const readRoute = ({ app, context }: Api): void => {
  app.get('/repos/:owner/:repo/contents/:path{.*}', async (c) => {
    const entered = enter(context, c, { contents: 'read' });
    const { repository, git } = entered;
    const path = c.req.param('path').replace(/^\/+|\/+$/g, '');
    const ref = c.req.query('ref') ?? repository.defaultBranch;
    const commit = await readCommit(git, ref);
    if (commit === null) throw refusals.notFound();
    if (path === '') return c.json(await listFolder(context, entered, '', ref, commit.tree));
    const entry = await findEntry(entered, commit.id, path);
    if (entry === null) throw refusals.notFound();
    if (entry.kind === 'tree') return c.json(await listFolder(context, entered, path, ref, entry.id));
    const blob = await readBlob(git, entry.id);
    const bytes = blob?.bytes ?? Buffer.alloc(0);
    if (isRawAsked(c.req.header('accept'))) return c.body(new Uint8Array(bytes));
    const view = itemView(context, repository, { path, ref, entry, size: bytes.length });
    const isSent = bytes.length <= mostBytes;
    return c.json({ ...view, content: isSent ? base64Lines(bytes) : '', encoding: isSent ? 'base64' : 'none' });
  });
};

interface Place {
  readonly branch: string;
  /** null: the repository is empty. */
  readonly tip: string | null;
  readonly entry: TreeEntry | null;
}

async function placeOf(entered: Entered, path: string, asked: string | undefined): Promise<Place> {
  const { repository, git } = entered;
  const branch = asked ?? repository.defaultBranch;
  const tip = await readBranch(git, branch);
  if (tip === null && (branch !== repository.defaultBranch || (await readCommit(git, 'HEAD')) !== null))
    throw refusals.notFound(`Branch ${branch} not found`);
  return { branch, tip, entry: tip === null ? null : await findEntry(entered, tip, path) };
}

/** Who changes a file must know which one: GitHub compares its sha. */
function requireSha({ entry }: Place, path: string, sha: string | undefined): void {
  if (entry === null && sha === undefined) return;
  if (sha === undefined) throw refusals.unprocessable('Invalid request.\n\n"sha" wasn\'t supplied.');
  if (entry?.id !== sha) throw refusals.conflict(`${path} does not match ${sha}`);
}

async function commitChange(
  context: Context,
  entered: Entered,
  place: Place,
  changed: TreeChange,
  body: z.infer<typeof change>,
): Promise<string> {
  const { repository, git, who } = entered;
  const tree = await writeTree(git, place.tip ?? '', [changed]);
  const own = personOf(context, who.login);
  const author = body.author === undefined ? own : { ...own, ...body.author, date: body.author.date ?? own.date };
  const committer =
    body.committer === undefined ? author : { ...own, ...body.committer, date: body.committer.date ?? own.date };
  const plain = { tree, parents: place.tip === null ? [] : [place.tip], message: body.message };
  const isSigned = who.kind !== 'user' && body.author === undefined && body.committer === undefined;
  const after = isSigned
    ? await writeWebCommit(context, git, { ...plain, author })
    : await writeCommit(context, git, { ...plain, author, committer, isSigned: false });
  const update = { ref: `refs/heads/${place.branch}`, before: place.tip, after };
  if ((await moveRef(context, repository, who, update)) !== 'moved')
    throw refusals.conflict(`is at ${(await readBranch(git, place.branch)) ?? 'nothing'} but expected ${place.tip}`);
  return after;
}

async function answerOf(context: Context, { repository, git }: Entered, commit: string, item: Item | null) {
  const made = await readCommit(git, commit);
  if (made === null) throw refusals.notFound();
  const content = item === null ? null : itemView(context, repository, item);
  return { content, commit: gitCommitView(context, repository, made) };
}

const writeRoutes = ({ app, context }: Api): void => {
  const path = '/repos/:owner/:repo/contents/:path{.+}';
  app.put(path, async (c) => {
    const entered = enter(context, c, { contents: 'write' });
    const file = c.req.param('path');
    const body = await readBody(c, 'Content', put);
    const place = await placeOf(entered, file, body.branch);
    requireSha(place, file, body.sha);
    const bytes = Buffer.from(body.content, 'base64');
    const mode = place.entry?.kind === 'blob' ? place.entry.mode : '100644';
    const commit = await commitChange(context, entered, place, { path: file, mode, content: bytes }, body);
    const entry = await findEntry(entered, commit, file);
    const item = entry === null ? null : { path: file, ref: place.branch, entry, size: bytes.length };
    return c.json(await answerOf(context, entered, commit, item), place.entry === null ? 201 : 200);
  });
  app.delete(path, async (c) => {
    const entered = enter(context, c, { contents: 'write' });
    const file = c.req.param('path');
    const body = await readBody(c, 'Content', change);
    const place = await placeOf(entered, file, body.branch);
    if (place.entry === null) throw refusals.notFound();
    requireSha(place, file, body.sha);
    const commit = await commitChange(context, entered, place, { path: file, mode: '100644', sha: null }, body);
    return c.json(await answerOf(context, entered, commit, null));
  });
};

/** Files by their paths. */
export const contentRoutes = (api: Api): void => {
  readRoute(api);
  writeRoutes(api);
};
