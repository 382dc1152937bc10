import { ProblemError } from '@model-gitops/lifecycle';
import type { z } from 'zod';
import { hostProblems } from '../problems.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** As the runner hands inputs over: `INPUT_` and the name in capitals, spaces as underscores. */
function inputText(name: string, environment: Environment): string {
  return (environment[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] ?? '').trim();
}

/** The inputs of an action, checked; all that is wrong with them is told at once. Problem `input-invalid`. */
export function readInputs<Shape extends z.core.$ZodLooseShape>(
  schema: z.ZodObject<Shape>,
  environment: Environment,
): z.infer<z.ZodObject<Shape>> {
  const texts = Object.fromEntries(Object.keys(schema.shape).map((name) => [name, inputText(name, environment)]));
  const parsed = schema.safeParse(texts);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => {
    const name = String(path[0]);
    return hostProblems.input(name, name.endsWith('token') ? '***' : (texts[name] ?? ''), message);
  });
  throw new ProblemError(problems);
}
