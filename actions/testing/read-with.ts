import { readFileSync } from 'node:fs';
import { isProblem, readInputs } from '@model-gitops/host';
import { parse } from 'yaml';
import type { z } from 'zod';

interface Manifest {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
}

function manifestOf(action: string): Manifest {
  return parse(readFileSync(new URL(`../${action}/action.yml`, import.meta.url), 'utf8')) as Manifest;
}

/** The inputs of an action as a step of a workflow gives them: `with:` over the defaults of action.yml. */
export function readWith<Shape extends z.core.$ZodLooseShape>(
  action: string,
  schema: z.ZodObject<Shape>,
  given: Readonly<Record<string, string>> = {},
): z.infer<z.ZodObject<Shape>> {
  const { inputs } = manifestOf(action);
  const environment = Object.entries(inputs).map(([name, { default: value = '' }]) => [
    `INPUT_${name.toUpperCase()}`,
    given[name] ?? value,
  ]);
  return readInputs(schema, Object.fromEntries(environment));
}

/** What is wrong with the inputs of a step, as people read it; empty where nothing is. */
export function refusalOf<Shape extends z.core.$ZodLooseShape>(
  action: string,
  schema: z.ZodObject<Shape>,
  given: Readonly<Record<string, string>>,
): string {
  try {
    readWith(action, schema, given);
    return '';
  } catch (thrown) {
    if (!isProblem(thrown)) throw thrown;
    return thrown.problems.map(({ message }) => message).join('\n');
  }
}
