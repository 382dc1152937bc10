import {
  type DocumentNode,
  execute,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  parse,
  validate,
} from 'graphql';
import type { Actor } from '../actor.ts';
import type { Context } from '../context.ts';
import { type Cost, countNodes } from './count-nodes.ts';
import { loadSchema } from './load-schema.ts';
import type { Query } from './query.ts';
import { QueryError, renderError } from './query-error.ts';
import { resolveField } from './resolve-field.ts';

export interface QueryRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | null;
}

type QueryAnswer = Readonly<Record<string, unknown>>;

export interface Answered {
  readonly answer: QueryAnswer;
  /** Of the hourly limit. */
  readonly points: number;
}

function parseQuery(text: string): DocumentNode | GraphQLError {
  try {
    return parse(text);
  } catch (thrown) {
    if (thrown instanceof GraphQLError) return thrown;
    throw thrown;
  }
}

function fragmentsOf({ definitions }: DocumentNode): Record<string, FragmentDefinitionNode> {
  const found = definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION);
  return Object.fromEntries(found.map((fragment) => [fragment.name.value, fragment]));
}

function costOf(schema: GraphQLSchema, document: DocumentNode, request: QueryRequest): Cost {
  const { variables, operationName } = request;
  const operation = getOperationAST(document, operationName);
  if (operation == null) return { nodes: 0, points: 1 };
  return countNodes(operation, { schema, fragments: fragmentsOf(document), variables });
}

async function run(
  schema: GraphQLSchema,
  document: DocumentNode,
  request: QueryRequest,
  query: Query,
): Promise<QueryAnswer> {
  const { errors, data } = await execute({
    schema,
    document,
    contextValue: query,
    rootValue: {},
    variableValues: request.variables,
    operationName: request.operationName,
    fieldResolver: resolveField,
  });
  return {
    ...(data === undefined ? {} : { data }),
    ...(errors === undefined ? {} : { errors: errors.map(renderError) }),
  };
}

/** Answers a query as GitHub's schema has it. What the schema refuses is refused; a field that nobody built says so. */
export async function answerQuery(context: Context, who: Actor, request: QueryRequest): Promise<Answered> {
  const refuse = (errors: readonly unknown[]): Answered => ({ answer: { errors }, points: 1 });
  const document = parseQuery(request.query);
  if (document instanceof GraphQLError) return refuse([renderError(document)]);
  const schema = await loadSchema();
  const errors = validate(schema, document);
  if (errors.length > 0) return refuse(errors.map(renderError));
  try {
    const cost = costOf(schema, document, request);
    return { answer: await run(schema, document, request, { context, who, cost }), points: cost.points };
  } catch (thrown) {
    if (!(thrown instanceof QueryError)) throw thrown;
    return refuse([{ type: thrown.type, message: thrown.message }]);
  }
}
