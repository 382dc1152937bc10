import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export interface ActionInput {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  /** Null where none is written: the runner then hands over an empty text. */
  readonly default: string | null;
}

export interface ActionOutput {
  readonly name: string;
  readonly description: string;
}

/** What action.yml says. It is the only home of names, descriptions and defaults. */
export interface ActionDefinition {
  /** The folder in `actions/`. */
  readonly name: string;
  readonly inputs: readonly ActionInput[];
  readonly outputs: readonly ActionOutput[];
  readonly main: string;
}

interface Written {
  readonly inputs?: Record<string, { description?: string; required?: boolean; default?: unknown } | null>;
  readonly outputs?: Record<string, { description?: string } | null>;
  readonly runs?: { main?: string };
}

export function parseAction(name: string, text: string): ActionDefinition {
  const { inputs = {}, outputs = {}, runs = {} } = parse(text) as Written;
  return {
    name,
    inputs: Object.entries(inputs).map(([input, said]) => ({
      name: input,
      description: said?.description ?? '',
      required: said?.required === true,
      default: said?.default === undefined ? null : String(said.default),
    })),
    outputs: Object.entries(outputs).map(([output, said]) => ({ name: output, description: said?.description ?? '' })),
    main: runs.main ?? '',
  };
}

/** Every folder of `actions/` that has an action.yml. */
export function readActions(root: string): readonly ActionDefinition[] {
  const folder = join(root, 'actions');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'action.yml')))
    .toSorted()
    .map((name) => parseAction(name, readFileSync(join(folder, name, 'action.yml'), 'utf8')));
}
