import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ActionDefinition, type ActionInput, type ActionOutput, readActions } from '../actions/read-action.ts';
import type { GeneratedFiles, Generator } from './generated-files.ts';

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s+/g, ' ').trim();
}

function defaultCell({ required, default: value }: ActionInput): string {
  if (required) return '**required**';
  return value === null || value === '' ? '' : `\`${cell(value)}\``;
}

function renderInputs(inputs: readonly ActionInput[]): string {
  const rows = inputs.map((input) => `| \`${input.name}\` | ${defaultCell(input)} | ${cell(input.description)} |`);
  return ['| input | default | what it means |', '|---|---|---|', ...rows].join('\n');
}

function renderOutputs(outputs: readonly ActionOutput[]): string {
  const rows = outputs.map(({ name, description }) => `| \`${name}\` | ${cell(description)} |`);
  return ['| output | what it holds |', '|---|---|', ...rows].join('\n');
}

/** Puts a table between `<!-- name -->` and `<!-- /name -->`. */
export function putTable(readme: string, { name, table, path }: { name: string; table: string; path: string }): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [start, end] = [readme.indexOf(open), readme.indexOf(close)];
  if (start < 0 || end < start) throw new Error(`${path} lacks the lines "${open}" and "${close}", in this order.`);
  return `${readme.slice(0, start + open.length)}\n\n${table}\n\n${readme.slice(end)}`;
}

export function renderTables(readme: string, action: ActionDefinition, path: string): string {
  const withInputs = putTable(readme, { name: 'inputs', table: renderInputs(action.inputs), path });
  return putTable(withInputs, { name: 'outputs', table: renderOutputs(action.outputs), path });
}

/** The tables of each action's README, from its action.yml. */
export const actionTables: Generator = {
  name: 'tables',
  async generate(root): Promise<GeneratedFiles> {
    const files = readActions(root).map((action): [string, string] => {
      const path = `actions/${action.name}/README.md`;
      if (!existsSync(join(root, path))) throw new Error(`${path} is missing: write it, with its permissions first.`);
      return [path, renderTables(readFileSync(join(root, path), 'utf8'), action, path)];
    });
    return new Map(files);
  },
};
