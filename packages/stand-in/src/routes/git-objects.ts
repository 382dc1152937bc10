import { z } from 'zod';
import type { Api } from '../api.ts';
import { parseCommit, readBlob, readCommit, readTag, readTree, type TreeEntry } from '../objects/parse.ts';
import { namedPerson, writeBlob, writeCommit, writeTag, writeWebCommit } from '../objects/write.ts';
import { writeTree } from '../objects/write-tree.ts';
import { readBody } from '../read-body.ts';
import { refusals } from '../refusals.ts';
import { enter } from '../require-permission.ts';
import { gitCommitView, gitTagView } from '../views/git-objects.ts';
import { nodeId, repositoryApi } from '../views/schema.ts';

const sha = z.string().regex(/^[0-9a-f]{40}$/, 'is not a full sha');
const person = z.object({ name: z.string(), email: z.string(), date: z.string().optional() });
const newBlob = z.object({ content: z.string(), encoding: z.enum(['utf-8', 'base64']).default('utf-8') });
const newTree = z.object({
  base_tree: z.string().optional(),
  tree: z.array(
    z.object({
      path: z.string(),
      mode: z.enum(['100644', '100755', '040000', '160000', '120000']),
      sha: z.string().nullable().optional(),
      content: z.string().optional(),
    }),
  ),
});
const newCommit = z.object({
  message: z.string(),
  tree: sha,
  parents: z.array(sha).default([]),
  author: person.optional(),
  committer: person.optional(),
});
const newTag = z.object({
  tag: z.string().min(1),
  message: z.string(),
  object: sha,
  type: z.enum(['commit', 'tree', 'blob']),
  tagger: person.optional(),
});

/** Lines of 60 characters, as GitHub sends them. */
export const base64Lines = (bytes: Buffer): string => bytes.toString('base64').replaceAll(/.{1,60}/g, '$&\n');

export const isRawAsked = (accept: string | undefined) => /application\/vnd\.github\.(v3\.)?raw/.test(accept ?? '');

const blobRoutes = ({ app, context }: Api): void => {
  app.post('/repos/:owner/:repo/git/blobs', async (c) => {
    const { repository, git } = enter(context, c, { contents: 'write' });
    const { content, encoding } = await readBody(c, 'Blob', newBlob);
    const id = await writeBlob(git, encoding === 'base64' ? Buffer.from(content, 'base64') : content);
    return c.json({ sha: id, url: `${repositoryApi(context, repository)}/git/blobs/${id}` }, 201);
  });
  app.get('/repos/:owner/:repo/git/blobs/:sha', async (c) => {
    const { repository, git } = enter(context, c, { contents: 'read' });
    const blob = await readBlob(git, c.req.param('sha'));
    if (blob === null) throw refusals.notFound();
    if (isRawAsked(c.req.header('accept'))) return c.body(new Uint8Array(blob.bytes));
    return c.json({
      sha: blob.id,
      node_id: nodeId('Blob', `${repository.id}:${blob.id}`),
      size: blob.bytes.length,
      url: `${repositoryApi(context, repository)}/git/blobs/${blob.id}`,
      content: base64Lines(blob.bytes),
      encoding: 'base64',
    });
  });
};

const treeRoutes = ({ app, context }: Api): void => {
  app.post('/repos/:owner/:repo/git/trees', async (c) => {
    const { repository, git } = enter(context, c, { contents: 'write' });
    const { base_tree: base = '', tree } = await readBody(c, 'Tree', newTree);
    if (tree.length === 0 && base === '') throw refusals.unprocessable('Invalid tree info');
    const id = await writeTree(git, base, tree);
    const entries = (await readTree(git, id)) ?? [];
    return c.json(treeView(id, entries, repositoryApi(context, repository)), 201);
  });
  app.get('/repos/:owner/:repo/git/trees/:sha{.+}', async (c) => {
    const { repository, git } = enter(context, c, { contents: 'read' });
    const object = await git.read(`${c.req.param('sha')}^{tree}`);
    if (object === null) throw refusals.notFound();
    const mode = c.req.query('recursive') === undefined ? [] : ['-r', '-t'];
    const text = await git.text(['ls-tree', '-z', '-l', ...mode, object.id]);
    const entries = text
      .split('\0')
      .filter((line) => line !== '')
      .map(parseListing);
    return c.json(treeView(object.id, entries, repositoryApi(context, repository)));
  });
};

type Listed = TreeEntry & { readonly size?: number };

/** `<mode> <kind> <id> <size>\t<path>`. */
function parseListing(line: string): Listed {
  const tab = line.indexOf('\t');
  const [mode = '', kind = '', id = '', size = '-'] = line.slice(0, tab).split(/ +/);
  const entry = { path: line.slice(tab + 1), mode, kind, id } as TreeEntry;
  return size === '-' ? entry : { ...entry, size: Number(size) };
}

const mostEntries = 100_000;

function treeView(id: string, entries: readonly Listed[], api: string) {
  const tree = entries.slice(0, mostEntries).map((entry) => ({
    path: entry.path,
    mode: entry.mode,
    type: entry.kind,
    sha: entry.id,
    ...(entry.size === undefined ? {} : { size: entry.size }),
    url: `${api}/git/${entry.kind}s/${entry.id}`,
  }));
  return { sha: id, url: `${api}/git/trees/${id}`, tree, truncated: entries.length > mostEntries };
}

const commitRoutes = ({ app, context }: Api): void => {
  app.post('/repos/:owner/:repo/git/commits', async (c) => {
    const { repository, git, who } = enter(context, c, { contents: 'write' });
    const { message, tree, parents, author, committer } = await readBody(c, 'Commit', newCommit);
    if ((await git.read(tree))?.kind !== 'tree') throw refusals.unprocessable('Tree SHA does not exist');
    for (const parent of parents)
      if ((await git.read(parent))?.kind !== 'commit')
        throw refusals.unprocessable('Parent SHA does not exist or is not a commit object');
    const written = namedPerson(context, who, author);
    const isOwn = author === undefined && committer === undefined;
    const by = committer === undefined ? written : namedPerson(context, who, committer);
    const id = isOwn
      ? await writeWebCommit(context, git, { tree, parents, message, author: written })
      : await writeCommit(context, git, { tree, parents, message, author: written, committer: by, isSigned: false });
    const object = await git.read(id);
    if (object === null) throw refusals.notFound();
    return c.json(gitCommitView(context, repository, parseCommit(object)), 201);
  });
  app.get('/repos/:owner/:repo/git/commits/:sha', async (c) => {
    const { repository, git } = enter(context, c, { contents: 'read' });
    const commit = await readCommit(git, c.req.param('sha'));
    if (commit === null || commit.id !== c.req.param('sha')) throw refusals.notFound();
    return c.json(gitCommitView(context, repository, commit));
  });
};

const tagRoutes = ({ app, context }: Api): void => {
  app.post('/repos/:owner/:repo/git/tags', async (c) => {
    const { repository, git, who } = enter(context, c, { contents: 'write' });
    const { tag, message, object, type, tagger } = await readBody(c, 'Tag', newTag);
    if ((await git.read(object))?.kind !== type) throw refusals.unprocessable('Could not verify object');
    const target = { id: object, kind: type };
    const id = await writeTag(git, { name: tag, target, message, tagger: namedPerson(context, who, tagger) });
    const made = await readTag(git, id);
    if (made === null) throw refusals.notFound();
    return c.json(gitTagView(context, repository, made), 201);
  });
  app.get('/repos/:owner/:repo/git/tags/:sha', async (c) => {
    const { repository, git } = enter(context, c, { contents: 'read' });
    const tag = await readTag(git, c.req.param('sha'));
    if (tag === null) throw refusals.notFound();
    return c.json(gitTagView(context, repository, tag));
  });
};

/** Blobs, trees, commits and tags by their ids: written before any ref names them. */
export const gitObjectRoutes = (api: Api): void => {
  blobRoutes(api);
  treeRoutes(api);
  commitRoutes(api);
  tagRoutes(api);
};
