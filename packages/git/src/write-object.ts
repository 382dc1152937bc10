import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NewObject, ObjectId } from '@model-gitops/lifecycle';
import { commitText, tagText } from '@model-gitops/lifecycle';
import { gitText, type RunGit } from './run-git.ts';

type NewCommit = NewObject & { readonly kind: 'commit' };

function writeBlob(run: RunGit, text: string): Promise<string> {
  return gitText(run, ['hash-object', '-w', '--no-filters', '--stdin'], { input: text });
}

/** Lines of `update-index --index-info`: mode 0 removes a path; a file replaces a folder of its name. */
async function indexLines(run: RunGit, { parents: [parent], files }: NewCommit): Promise<string> {
  const none = '0'.repeat(parent?.length ?? 40);
  const lines: string[] = [];
  for (const [path, text] of Object.entries(files)) {
    const id = text === null ? none : (await writeBlob(run, text)).trim();
    lines.push(`${text === null ? '0' : '100644'} ${id}\t${path}\0`);
  }
  return lines.join('');
}

/** The first parent's tree with files laid over it, built in an index of its own: the user's index and working tree stay as they are. */
async function writeTree(run: RunGit, commit: NewCommit): Promise<ObjectId> {
  const [parent] = commit.parents;
  const lines = await indexLines(run, commit);
  const folder = await mkdtemp(join(tmpdir(), 'model-gitops-index-'));
  const env = { GIT_INDEX_FILE: join(folder, 'index') };
  try {
    if (parent !== undefined) await gitText(run, ['read-tree', parent], { env });
    await gitText(run, ['update-index', '-z', '--add', '--replace', '--index-info'], { env, input: lines });
    return (await gitText(run, ['write-tree', '--missing-ok'], { env })).trim();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes an object that no ref names yet; Git itself checks its form. */
export async function writeObject(run: RunGit, object: NewObject): Promise<ObjectId> {
  const text = object.kind === 'tag' ? tagText(object) : commitText({ ...object, tree: await writeTree(run, object) });
  return (await gitText(run, ['hash-object', '-w', '-t', object.kind, '--stdin'], { input: text })).trim();
}
