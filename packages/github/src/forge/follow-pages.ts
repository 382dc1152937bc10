import type { Page } from './pull-request-fields.ts';

/** A list of GraphQL to its end; where its first page is known already, from there on. */
export async function followPages<Node>(
  askPage: (after: string | null) => Promise<Page<Node> | null>,
  first?: Page<Node> | null,
): Promise<readonly Node[]> {
  let page = first === undefined ? await askPage(null) : first;
  const nodes = [...(page?.nodes ?? [])];
  while (page?.pageInfo.hasNextPage) {
    page = await askPage(page.pageInfo.endCursor);
    nodes.push(...(page?.nodes ?? []));
  }
  return nodes;
}
