import type { Context as Request } from 'hono';
import type { z } from 'zod';
import type { Env } from './api.ts';
import { type FieldError, refusals } from './refusals.ts';

async function readJson(c: Request<Env>): Promise<unknown> {
  const text = await c.req.text();
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw Object.assign(refusals.badRequest('Problems parsing JSON'), { cause });
  }
}

function fieldError(resource: string, { code, path, message, input }: z.core.$ZodIssue): FieldError {
  const field = path.join('.');
  if (input === undefined && code === 'invalid_type') return { resource, field, code: 'missing_field' };
  if (code === 'custom') return { resource, field, code: 'custom', message };
  return { resource, field, code: 'invalid', message };
}

/** What was sent, once it has the form of the schema; 422 with the fields that do not, as GitHub answers. */
export async function readBody<Schema extends z.ZodType>(
  c: Request<Env>,
  resource: string,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const parsed = schema.safeParse(await readJson(c), { reportInput: true });
  if (parsed.success) return parsed.data;
  throw refusals.invalid(...parsed.error.issues.map((issue) => fieldError(resource, issue)));
}
