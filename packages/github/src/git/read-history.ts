import { backOffMs, type CommitObject, type HistoryQuery, type ObjectId } from '@model-gitops/lifecycle';
import { type CommitFields, commitFields, commitOf } from '../graphql/object-fields.ts';
import type { GitPlace, Walked } from './git-place.ts';
import { remember } from './object-cache.ts';
import { readObjects, unshown } from './read-objects.ts';

const mostWalked = 200_000;
const mostReads = 5;

type PageFields = CommitFields & { readonly file?: { readonly oid: ObjectId } | null };
interface Page {
  readonly nodes: readonly PageFields[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const query = `query ReadHistory($owner: String!, $name: String!, $from: GitObjectID!, $after: String, $path: String!, $withPath: Boolean!) {
  repository(owner: $owner, name: $name) {
    id
    object(oid: $from) {
      ... on Commit {
        history(first: 100, after: $after) {
          nodes { ${commitFields} file(path: $path) @include(if: $withPath) { oid } }
          pageInfo { hasNextPage endCursor }
        }
      }
    }
  }
}`;

async function askPage(place: GitPlace, from: ObjectId, path: string, after: string | null): Promise<Page | null> {
  const variables = { from, after, path, withPath: path !== '' };
  const { repository } = await place.client.graphql<{
    repository: { readonly id: string; readonly object: { readonly history?: Page } | null };
  }>(query, variables, { needs: 'contents: read' });
  place.node.id = repository.id;
  return repository.object?.history ?? null;
}

function keep(place: GitPlace, fields: PageFields, path: string): void {
  const commit = commitOf(fields);
  remember(place.cache, commit);
  const known = place.walked.get(commit.id) ?? { parents: commit.parents, ids: new Map<string, ObjectId | null>() };
  if (path !== '') known.ids.set(path, fields.file?.oid ?? null);
  place.walked.set(commit.id, known);
}

const nextOf = (walked: Walked, firstParent: boolean) => (firstParent ? walked.parents.slice(0, 1) : walked.parents);

function knownAt({ walked }: GitPlace, id: ObjectId, path: string): Walked | null {
  const known = walked.get(id);
  return known === undefined || (path !== '' && !known.ids.has(path)) ? null : known;
}

/** Children before parents, whatever the dates say; `gap` is the first commit on the way that was not walked yet. */
function order(
  place: GitPlace,
  { from, path, firstParent }: HistoryQuery,
): { readonly ids: readonly ObjectId[] } | { readonly gap: ObjectId } {
  const done = new Set<ObjectId>();
  const ids: ObjectId[] = [];
  const stack: { id: ObjectId; isExpanded: boolean }[] = [{ id: from, isExpanded: false }];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (done.has(top.id)) continue;
    if (top.isExpanded) {
      done.add(top.id);
      ids.push(top.id);
      continue;
    }
    const known = knownAt(place, top.id, path);
    if (known === null) return { gap: top.id };
    stack.push({ id: top.id, isExpanded: true });
    stack.push(...nextOf(known, firstParent).map((id) => ({ id, isExpanded: false })));
  }
  return { ids: ids.reverse() };
}

/** A commit that something names exists: a copy of GitHub's that does not show it is behind. */
async function askFirstPage(place: GitPlace, start: ObjectId, { from, path }: HistoryQuery): Promise<Page | null> {
  const { host } = place.client;
  for (let reads = 1; ; reads += 1) {
    const page = await askPage(place, start, path, null);
    if (page !== null || (start === from && !place.tips.has(start))) return page;
    if (reads === mostReads) throw unshown('query ReadHistory', start);
    await host.sleep(backOffMs(reads, host.random()));
  }
}

/** Pages from one commit on, until what was known before is reached. */
async function walkFrom(place: GitPlace, start: ObjectId, query: HistoryQuery): Promise<void> {
  let after: string | null = null;
  do {
    const page: Page | null =
      after === null ? await askFirstPage(place, start, query) : await askPage(place, start, query.path, after);
    for (const fields of page?.nodes ?? []) keep(place, fields, query.path);
    after = page?.pageInfo.hasNextPage === true ? page.pageInfo.endCursor : null;
  } while (after !== null && 'gap' in order(place, { ...query, from: start }));
}

async function walk(place: GitPlace, query: HistoryQuery): Promise<readonly ObjectId[]> {
  if (place.walked.size > mostWalked) place.walked.clear();
  for (let result = order(place, query); ; result = order(place, query)) {
    if ('ids' in result) return result.ids;
    await walkFrom(place, result.gap, query);
    if (knownAt(place, result.gap, query.path) !== null) continue;
    if (result.gap === query.from) return [];
    throw unshown('query ReadHistory', result.gap);
  }
}

function isChanged({ walked }: GitPlace, id: ObjectId, path: string): boolean {
  if (path === '') return true;
  const [parent] = walked.get(id)?.parents ?? [];
  const before = parent === undefined ? null : (walked.get(parent)?.ids.get(path) ?? null);
  return (walked.get(id)?.ids.get(path) ?? null) !== before;
}

/** The commits that changed a path, newest first by ancestry. Only commits that were never walked are asked for. */
export async function readHistory(place: GitPlace, query: HistoryQuery): Promise<readonly CommitObject[]> {
  const path = query.path.replace(/^\/+|\/+$/g, '');
  const ids = await walk(place, { ...query, path });
  const changed = ids.filter((id) => isChanged(place, id, path));
  const commits = changed.length === 0 ? [] : await readObjects(place, changed);
  return commits.filter((commit): commit is CommitObject => commit?.kind === 'commit');
}
