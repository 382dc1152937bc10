import type { ForgeClient } from './forge-client.ts';

const mostPages = 1000;

/** All items of a list, page after page for as long as GitHub names a next one. */
export async function readPages<Item>(
  client: ForgeClient,
  route: string,
  parameters: Readonly<Record<string, unknown>> = {},
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (let page = 1; page <= mostPages; page += 1) {
    const answer = await client.request(route, { ...parameters, per_page: 100, page });
    items.push(...(answer.data as readonly Item[]));
    if (!/rel="next"/.test(String(answer.headers.link ?? ''))) break;
  }
  return items;
}
