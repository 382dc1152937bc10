import { describe, expect, it } from 'vitest';
import { answeringClient } from '../testing/answering-client.ts';
import type { FileFields, PullRequestFields } from './pull-request-fields.ts';
import { readFiles } from './read-files.ts';

function fieldsOf(nodes: readonly FileFields[], hasNextPage = false): PullRequestFields {
  const files = { nodes, pageInfo: { hasNextPage, endCursor: null } };
  return { number: 7, files } as unknown as PullRequestFields;
}

const modified = (path: string) => ({ path, changeType: 'MODIFIED' });
const list = 'GET /repos/{owner}/{repo}/pulls/{pull_number}/files';
const many = Array.from({ length: 3000 }, (_, n) => ({ filename: `many/${n}.txt`, status: 'added' }));
const pull = { base: { sha: 'base' }, head: { sha: 'head' } };

describe('the files of a pull request', () => {
  it('are those of the query where it holds all', async () => {
    const { client, asked } = answeringClient(() => undefined);
    expect(await readFiles(client, fieldsOf([modified('a'), modified('b')]))).toEqual(['a', 'b']);
    expect(asked).toEqual([]);
  });

  it('have both names where one moved, and one where it was copied', async () => {
    const { client, asked } = answeringClient(() => [
      { filename: 'docs/new.yaml', status: 'renamed', previous_filename: 'registry/fraud/production.yaml' },
      { filename: 'docs/copy.yaml', status: 'copied', previous_filename: 'registry/fraud/staging.yaml' },
    ]);
    const fields = fieldsOf([{ path: 'docs/new.yaml', changeType: 'RENAMED' }, modified('docs/copy.yaml')]);
    expect(await readFiles(client, fields)).toEqual([
      'docs/new.yaml',
      'registry/fraud/production.yaml',
      'docs/copy.yaml',
    ]);
    expect(asked).toEqual([list]);
  });

  it('are read to the end, and are not known where GitHub did not say', async () => {
    const { client, asked } = answeringClient(() => many.slice(0, 250));
    expect(await readFiles(client, fieldsOf([modified('many/0.txt')], true))).toHaveLength(250);
    expect(asked).toEqual([list, list, list]);
    expect(await readFiles(client, { number: 7, files: null } as unknown as PullRequestFields)).toHaveLength(250);
  });

  it('are seen in the trees where GitHub lists no more than 3000', async () => {
    const blob = (path: string, sha: string, mode = '100644') => ({ path, sha, mode, type: 'blob' });
    const hidden = blob('registry/fraud/production.yaml', '2');
    const trees: Record<string, unknown[]> = {
      fork: [blob('same', '1'), blob('mode', '1'), blob('gone', '1'), { path: 'registry', sha: 't', type: 'tree' }],
      head: [blob('same', '1'), blob('mode', '1', '100755'), hidden, { path: 'registry', sha: 'u', type: 'tree' }],
    };
    const { client } = answeringClient((what, { tree_sha, basehead }) => {
      if (what === list) return many;
      if (what.endsWith('/pulls/{pull_number}')) return pull;
      if (basehead === 'base...head') return { merge_base_commit: { sha: 'fork' } };
      return { truncated: false, tree: trees[String(tree_sha)] };
    });
    const found = await readFiles(client, fieldsOf([modified('many/0.txt')], true));
    expect(found).toEqual(['mode', 'gone', 'registry/fraud/production.yaml']);
  });

  it('are a problem where the trees are cut off too', async () => {
    const { client } = answeringClient((what, { basehead }) => {
      if (what === list) return many;
      if (what.endsWith('/pulls/{pull_number}')) return pull;
      return basehead === undefined ? { truncated: true, tree: [] } : { merge_base_commit: { sha: 'fork' } };
    });
    await expect(readFiles(client, fieldsOf([], true))).rejects.toMatchObject({
      problems: [{ code: 'forge-too-many-files', message: expect.stringContaining('7') }],
    });
  });
});
