import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { type ActionDefinition, readActions } from '../actions/read-action.ts';
import { listSources } from '../repository-copy.ts';
import type { Check } from './check.ts';

export interface Example {
  /** File and line where it starts. */
  readonly where: string;
  readonly text: string;
}

/** The YAML blocks of a Markdown file. */
export function listYamlBlocks(path: string, markdown: string): readonly Example[] {
  const blocks = [...markdown.matchAll(/^([ \t]*)```ya?ml[^\n]*\n([\s\S]*?)^[ \t]*```/gm)];
  return blocks.map((block) => {
    const [, indent = '', text = ''] = block;
    const line = markdown.slice(0, block.index).split('\n').length;
    return { where: `${path}:${line}`, text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), '') };
  });
}

interface Step {
  readonly uses: string;
  readonly with: Readonly<Record<string, unknown>>;
}

/** Every object with `uses`, wherever it stands: an example may be a whole workflow, or one step of it. */
function listSteps(value: unknown): readonly Step[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap(listSteps);
  const { uses, with: given } = value as { uses?: unknown; with?: unknown };
  if (typeof uses !== 'string') return inside;
  return [{ uses, with: typeof given === 'object' && given !== null ? (given as Step['with']) : {} }, ...inside];
}

function judgeStep(
  { uses, with: given }: Step,
  where: string,
  actions: readonly ActionDefinition[],
): readonly string[] {
  const name = uses.match(/^(?:\.\/|\$\/|[\w.-]+\/model-gitops\/)actions\/([\w-]+)(?:@.*)?$/)?.[1];
  if (name === undefined) return [];
  const action = actions.find((candidate) => candidate.name === name);
  if (action === undefined) return [`${where}: there is no action ${name}`];
  const known = new Set(action.inputs.map((input) => input.name));
  const unknown = Object.keys(given).filter((key) => !known.has(key));
  const missing = action.inputs.filter(({ name: input, required }) => required && !(input in given));
  return [
    ...unknown.map((key) => `${where}: ${name} has no input ${key}`),
    ...missing.map((input) => `${where}: ${name} needs the input ${input.name}`),
  ];
}

export function judgeExample({ where, text }: Example, actions: readonly ActionDefinition[]): readonly string[] {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) return [`${where}: ${error.message.split('\n')[0]}`];
  return listSteps(document.toJS()).flatMap((step) => judgeStep(step, where, actions));
}

/** What a reader copies must work: examples of READMEs, the workflows of this repository and its examples, and its own action. */
export const yamlExamples: Check = {
  name: 'YAML examples',
  mend: 'Correct the example, or the action.yml that it should match.',
  async find(root) {
    const actions = readActions(root);
    const sources = listSources(root);
    const read = (path: string) => readFileSync(join(root, path), 'utf8');
    const examples = [
      ...sources.filter((path) => path.endsWith('.md')).flatMap((path) => listYamlBlocks(path, read(path))),
      ...sources
        .filter((path) => path === 'action.yml' || /(^|\/)\.github\/workflows\/[^/]+\.ya?ml$/.test(path))
        .map((path) => ({ where: path, text: read(path) })),
    ];
    return examples.flatMap((example) => judgeExample(example, actions));
  },
};
