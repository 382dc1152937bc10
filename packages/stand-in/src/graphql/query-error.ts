import type { GraphQLError } from 'graphql';
import { Refusal } from '../refusals.ts';

/** By GitHub's names. */
export type QueryErrorType =
  | 'NOT_FOUND'
  | 'FORBIDDEN'
  | 'UNPROCESSABLE'
  | 'MISSING_PAGINATION_BOUNDARIES'
  | 'EXCESSIVE_PAGINATION'
  | 'INVALID_CURSOR_ARGUMENTS'
  | 'MAX_NODE_LIMIT_EXCEEDED'
  | 'STAND_IN';

/** An answer that GitHub gives for one field instead of its value: the field is null, and the error says why. */
export class QueryError extends Error {
  readonly type: QueryErrorType;

  constructor(type: QueryErrorType, message: string) {
    super(message);
    this.type = type;
  }
}

const typeOfStatus: Readonly<Record<number, QueryErrorType>> = { 403: 'FORBIDDEN', 404: 'NOT_FOUND' };

function typeOf(cause: Error | undefined): QueryErrorType | null {
  if (cause instanceof QueryError) return cause.type;
  if (cause instanceof Refusal) return typeOfStatus[cause.status] ?? 'UNPROCESSABLE';
  return null;
}

/** An error as it stands in GitHub's answer, with its type beside the message. What the stand-in itself broke is told. */
export function renderError(error: GraphQLError): Record<string, unknown> {
  const { message, locations, path, originalError } = error;
  const type = typeOf(originalError);
  if (type === null && originalError !== undefined) console.error(originalError);
  const words = originalError instanceof Refusal ? String(originalError.body.message) : message;
  return {
    ...(type === null ? {} : { type }),
    ...(path === undefined ? {} : { path }),
    ...(locations === undefined ? {} : { locations }),
    message: words,
  };
}
