import type { GraphQLResolveInfo } from 'graphql';
import { QueryError } from './query-error.ts';

export interface PageArgs {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

export interface Connection<Node> {
  readonly totalCount: number;
  readonly nodes: readonly Node[];
  readonly edges: readonly { readonly node: Node; readonly cursor: string }[];
  readonly pageInfo: PageInfo;
}

/** Only a count may be asked for without saying how many. */
function asksForItems({ fieldNodes }: GraphQLResolveInfo): boolean {
  const selections = fieldNodes.flatMap(({ selectionSet }) => selectionSet?.selections ?? []);
  return selections.some((one) => one.kind !== 'Field' || !['totalCount', '__typename'].includes(one.name.value));
}

/** GitHub's bounds: `first` or `last`, from 1 to 100. */
export function requireBounds({ first, last }: PageArgs, info: GraphQLResolveInfo): void {
  const name = info.fieldName;
  if (first == null && last == null && asksForItems(info))
    throw new QueryError(
      'MISSING_PAGINATION_BOUNDARIES',
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
    );
  for (const [bound, count] of Object.entries({ first, last }))
    if (count != null && (count < 0 || count > 100))
      throw new QueryError(
        'EXCESSIVE_PAGINATION',
        `Requesting ${count} records on the \`${name}\` connection exceeds the \`${bound}\` limit of 100 records.`,
      );
}

const cursorOf = (index: number) => Buffer.from(`cursor:v2:${index}`).toString('base64');

function indexOf(cursor: string): number {
  const [, index] = /^cursor:v2:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString('utf8')) ?? [];
  if (index === undefined)
    throw new QueryError('INVALID_CURSOR_ARGUMENTS', `\`${cursor}\` does not appear to be a valid cursor.`);
  return Number(index);
}

/** One page of a list that is there as a whole. */
export function takeConnection<Node>(
  items: readonly Node[],
  args: PageArgs,
  info: GraphQLResolveInfo,
): Connection<Node> {
  requireBounds(args, info);
  let from = args.after == null ? 0 : indexOf(args.after) + 1;
  let to = args.before == null ? items.length : Math.min(indexOf(args.before), items.length);
  if (args.first != null) to = Math.min(to, from + args.first);
  if (args.last != null) from = Math.max(from, to - args.last);
  const edges = items.slice(from, to).map((node, index) => ({ node, cursor: cursorOf(from + index) }));
  return {
    totalCount: items.length,
    nodes: edges.map(({ node }) => node),
    edges,
    pageInfo: {
      hasNextPage: to < items.length,
      hasPreviousPage: from > 0,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
