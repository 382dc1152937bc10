import {
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getNamedType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  TypeInfo,
  type ValueNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { QueryError } from './query-error.ts';

const mostNodes = 500_000;

export interface Cost {
  /** How many objects the answer could hold. */
  readonly nodes: number;
  /** What it takes of the hourly limit: a hundredth of the lists that would have to be read, at least one. */
  readonly points: number;
}

interface Counting {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly variables: Readonly<Record<string, unknown>>;
}

function numberOf(value: ValueNode, variables: Readonly<Record<string, unknown>>): number {
  if (value.kind === Kind.INT) return Number(value.value);
  const given = value.kind === Kind.VARIABLE ? variables[value.name.value] : undefined;
  return typeof given === 'number' ? given : 0;
}

/** Spreads replaced by what they stand for, so that one walk sees every list below every other. */
function inline(set: SelectionSetNode, fragments: Counting['fragments']): SelectionSetNode {
  return visit(set, {
    FragmentSpread(node) {
      const fragment = fragments[node.name.value];
      if (fragment === undefined) return undefined;
      const { typeCondition, selectionSet } = fragment;
      return { kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet: inline(selectionSet, fragments) };
    },
  });
}

/** Pages multiply by what they lie in, and all paths add up; more than 500 000 possible nodes are refused. */
export function countNodes(operation: OperationDefinitionNode, counting: Counting): Cost {
  const { schema, fragments, variables } = counting;
  const types = new TypeInfo(schema);
  const sizes = [1];
  let nodes = 0;
  let lists = 0;
  const whole = { ...operation, selectionSet: inline(operation.selectionSet, fragments) };
  visit(
    whole,
    visitWithTypeInfo(types, {
      Field: {
        enter(node) {
          const around = sizes.at(-1) ?? 1;
          const bound = (node.arguments ?? []).find(({ name }) => name.value === 'first' || name.value === 'last');
          const isList = getNamedType(types.getType())?.name.endsWith('Connection') === true && bound !== undefined;
          if (isList) lists += around;
          const size = isList ? around * numberOf(bound.value, variables) : around;
          if (isList) nodes += size;
          sizes.push(size);
        },
        leave() {
          sizes.pop();
        },
      },
    }),
  );
  if (nodes > mostNodes)
    throw new QueryError(
      'MAX_NODE_LIMIT_EXCEEDED',
      `This query requests up to ${nodes.toLocaleString('en-US')} possible nodes which exceeds the maximum limit of 500,000.`,
    );
  return { nodes, points: Math.max(1, Math.round(lists / 100)) };
}
