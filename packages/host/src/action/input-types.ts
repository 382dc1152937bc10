import { z } from 'zod';

/** The kinds of inputs that actions share. Defaults stand in action.yml alone. */

/** One name, several (by comma, space or line), or `all`. */
export const modelNames = z
  .string()
  .min(1, 'must name a model, or "all"')
  .transform((text) => text.split(/[\s,]+/).filter((name) => name !== ''));

/** From which severity on a failure fails the job. */
export const failOn = z.enum(['critical', 'warning', 'info', 'never']);

/** What an inconclusive verdict does to the job. */
export const onInconclusive = z.enum(['fail', 'pass']);

export const yesOrNo = z.enum(['true', 'false']).transform((text) => text === 'true');

export const optionalText = z.string().transform((text) => (text === '' ? null : text));

export const requiredText = z.string().min(1, 'must be given');

/** A whole number of at least 0. */
export const wholeNumber = z
  .string()
  .regex(/^\d{1,9}$/, 'must be a whole number')
  .transform(Number);
