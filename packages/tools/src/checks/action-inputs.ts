import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { z } from 'zod';
import { type ActionDefinition, readActions } from '../actions/read-action.ts';
import type { Check } from './check.ts';

type Shape = Readonly<Record<string, z.ZodType>>;

async function readShape(root: string, name: string): Promise<Shape> {
  const file = join(root, 'actions', name, 'inputs.ts');
  const { Inputs } = (await import(pathToFileURL(file).href)) as { Inputs: { readonly shape: Shape } };
  return Inputs.shape;
}

/** One home of names and defaults (action.yml) and one of meaning (inputs.ts): both must know the same inputs. */
export function compareKeys({ name, inputs }: ActionDefinition, shape: Shape): readonly string[] {
  const written = new Set(inputs.map((input) => input.name));
  return [
    ...[...written].filter((key) => !(key in shape)).map((key) => `actions/${name}: nothing reads the input ${key}`),
    ...Object.keys(shape)
      .filter((key) => !written.has(key))
      .map((key) => `actions/${name}/action.yml does not offer the input ${key}`),
  ];
}

/** A default must be acceptable; what is required must not be left out; what is not may be. */
export function judgeDefaults({ name, inputs }: ActionDefinition, shape: Shape): readonly string[] {
  return inputs.flatMap((input) => {
    const schema = shape[input.name];
    if (schema === undefined) return [];
    const accepts = (text: string) => schema.safeParse(text).success;
    const where = `actions/${name}: ${input.name}`;
    if (input.required && accepts('')) return [`${where} is required, but may be left empty`];
    if (input.required && input.default !== null) return [`${where} is required and has a default`];
    if (input.required) return [];
    // an expression is filled in by the runner
    const text = input.default?.startsWith('${{') ? '' : (input.default ?? '');
    return accepts(text) ? [] : [`${where} is not required, but its default ${JSON.stringify(text)} is refused`];
  });
}

export function unwrittenInputs({ name, inputs, outputs }: ActionDefinition, readme: string): readonly string[] {
  return [...inputs, ...outputs]
    .filter((put) => !readme.includes(`\`${put.name}\``))
    .map((put) => `actions/${name}/README.md does not name ${put.name}`);
}

export function untestedInputs({ name, inputs }: ActionDefinition, tests: string): readonly string[] {
  return inputs
    .filter((input) => !new RegExp(`(['"\`]|INPUT_|\\b)${input.name}['"\`]?\\s*[:\\]=]`, 'i').test(tests))
    .map((input) => `actions/${name}: no test sets the input ${input.name}`);
}

function readFolder(folder: string, isWanted: (name: string) => boolean): string {
  if (!existsSync(folder)) return '';
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isWanted(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
}

/** Inputs that actions share have one schema, and may be tested at any of them. */
async function readSharedNames(root: string): Promise<ReadonlySet<string>> {
  const file = join(root, 'actions', 'shared-inputs.ts');
  if (!existsSync(file)) return new Set();
  const { sharedInputs } = (await import(pathToFileURL(file).href)) as { sharedInputs: Shape };
  return new Set(Object.keys(sharedInputs));
}

interface Tests {
  readonly sharedNames: ReadonlySet<string>;
  /** Of the built actions as processes. */
  readonly doors: string;
  /** Of all actions. */
  readonly all: string;
}

function splitShared(action: ActionDefinition, sharedNames: ReadonlySet<string>) {
  const keep = (isShared: boolean) => action.inputs.filter(({ name }) => sharedNames.has(name) === isShared);
  return { shared: { ...action, inputs: keep(true) }, own: { ...action, inputs: keep(false) } };
}

async function judgeAction(root: string, action: ActionDefinition, tests: Tests): Promise<readonly string[]> {
  const shape = await readShape(root, action.name);
  const folder = join(root, 'actions', action.name);
  const readme = readFolder(folder, (name) => name === 'README.md');
  const beside = readFolder(folder, (name) => name.endsWith('.test.ts')) + tests.doors;
  const { shared, own } = splitShared(action, tests.sharedNames);
  return [
    ...compareKeys(action, shape),
    ...judgeDefaults(action, shape),
    ...unwrittenInputs(action, readme),
    ...untestedInputs(own, beside),
    ...untestedInputs(shared, tests.all),
    ...(action.main === `../../dist/actions/${action.name}.js`
      ? []
      : [`actions/${action.name}: runs.main is not its stub in dist`]),
  ];
}

export const actionInputs: Check = {
  name: 'inputs of actions',
  mend: 'Make action.yml, inputs.ts, README.md and a test of the action agree.',
  async find(root) {
    const doors = readFolder(join(root, 'test', 'doors'), (name) => name.endsWith('.ts'));
    const all = doors + readFolder(join(root, 'actions'), (name) => name.endsWith('.test.ts'));
    const tests: Tests = { sharedNames: await readSharedNames(root), doors, all };
    const found = await Promise.all(readActions(root).map((action) => judgeAction(root, action, tests)));
    return found.flat();
  },
};
