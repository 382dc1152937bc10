import { type ObjectId, ProblemError } from '@model-gitops/lifecycle';
import type { ForgeClient } from '../octokit/forge-client.ts';
import { readPages } from '../octokit/read-pages.ts';
import { forgeProblems } from '../problems.ts';
import type { PullRequestFields } from './pull-request-fields.ts';

/** GitHub lists no more, and does not say so. */
const mostListed = 3000;

interface ListedFile {
  readonly filename: string;
  readonly status: string;
  readonly previous_filename?: string;
}

async function readTree(client: ForgeClient, number: number, commit: ObjectId): Promise<ReadonlyMap<string, string>> {
  const { data } = await client.request('GET /repos/{owner}/{repo}/git/trees/{tree_sha}', {
    tree_sha: commit,
    recursive: '1',
  });
  if (data.truncated) throw new ProblemError(forgeProblems.tooManyFiles(number));
  const files = data.tree.filter(({ type }) => type !== 'tree');
  return new Map(files.map(({ path, mode, sha }) => [path ?? '', `${mode} ${sha}`]));
}

/** What no list holds is seen in the trees of the head and of what it was made from. */
async function compareTrees(client: ForgeClient, number: number): Promise<readonly string[]> {
  const { data: pull } = await client.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', { pull_number: number });
  const basehead = `${pull.base.sha}...${pull.head.sha}`;
  const { data } = await client.request('GET /repos/{owner}/{repo}/compare/{basehead}', { basehead, per_page: 1 });
  const [before, after] = await Promise.all(
    [data.merge_base_commit.sha, pull.head.sha].map((commit) => readTree(client, number, commit)),
  );
  const paths = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])]);
  return [...paths].filter((path) => before?.get(path) !== after?.get(path));
}

/**
 * Every path that a pull request changes. GraphQL does not tell the old name of a file that moved, which matters as much
 * as the new one: where there is such a file, and where the list has pages, REST is asked.
 */
export async function readFiles(client: ForgeClient, fields: PullRequestFields): Promise<readonly string[]> {
  const { number, files } = fields;
  const isWhole = files !== null && !files.pageInfo.hasNextPage;
  if (isWhole && files.nodes.every(({ changeType }) => changeType !== 'RENAMED'))
    return files.nodes.map(({ path }) => path);
  const listed = await readPages<ListedFile>(client, 'GET /repos/{owner}/{repo}/pulls/{pull_number}/files', {
    pull_number: number,
  });
  if (listed.length >= mostListed) return compareTrees(client, number);
  const oldName = ({ status, previous_filename }: ListedFile) =>
    status === 'renamed' ? [previous_filename ?? ''] : [];
  return [...new Set(listed.flatMap((file) => [file.filename, ...oldName(file)]))];
}
