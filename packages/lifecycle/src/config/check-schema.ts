import type { z } from 'zod';
import type { Problem } from '../problem.ts';
import { type Mapping, type Path, plainOf, without } from './node.ts';
import { pathOfIssue, problemsOf } from './schema-problems.ts';

/** A tree as a schema reads it: what fits, and a problem for each thing that does not. */
export interface Checked<T> {
  readonly value: T;
  readonly problems: readonly Problem[];
}

function unfit(issue: z.core.$ZodIssue): readonly Path[] {
  const path = pathOfIssue(issue);
  return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path];
}

/** What does not fit is left out, so that what else is wrong is found in the same reading. Only for schemas in which every key is optional. */
export function checkSchema<Schema extends z.ZodType>(schema: Schema, root: Mapping): Checked<z.output<Schema>> {
  const read = schema.safeParse(plainOf(root));
  if (read.success) return { value: read.data, problems: [] };
  const { issues } = read.error;
  const problems = issues.flatMap((issue) => problemsOf(issue, [], { schema, root }));
  const rest = issues.flatMap(unfit).reduce(without, root);
  const again = checkSchema(schema, rest);
  return { value: again.value, problems };
}
