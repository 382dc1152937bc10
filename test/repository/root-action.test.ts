import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readActions, repositoryRoot } from '@model-gitops/tools';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

// The action at the root is made of the others: it names only what they have, and runs nothing of its own.

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
}

interface Composite {
  readonly inputs: Readonly<Record<string, { readonly default?: string; readonly description?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const { inputs, outputs, runs } = parse(readFileSync(join(repositoryRoot, 'action.yml'), 'utf8')) as Composite;
const actions = new Map(readActions(repositoryRoot).map((action) => [action.name, action]));
const nameOf = ({ uses }: Step) => /^\$\/actions\/([a-z-]+)$/.exec(uses ?? '')?.[1] ?? '';

describe('the action at the root', () => {
  it('runs our own actions in the order of a model’s life, and no shell', () => {
    expect(runs.using).toBe('composite');
    expect(runs.steps.map(nameOf)).toEqual([
      'validate-data',
      'engineer-features',
      'train-model',
      'evaluate-model',
      'register-model',
    ]);
    expect(runs.steps.filter((step) => step.run !== undefined)).toEqual([]);
    expect(runs.steps.map(({ id }) => id)).toEqual(runs.steps.map(nameOf));
  });

  it.each(runs.steps)('$id gets inputs that it has, each from the input of the same name', (step) => {
    const known = actions.get(nameOf(step))?.inputs.map(({ name }) => name) ?? [];
    const given = Object.entries(step.with ?? {});
    expect(known).toEqual(expect.arrayContaining(given.map(([name]) => name)));
    for (const [name, value] of given) expect(value).toBe(`\${{ inputs.${name} }}`);
  });

  it('uses every input that it offers, with the defaults of its parts', () => {
    const used = new Set(runs.steps.flatMap((step) => Object.keys(step.with ?? {})));
    const asked = runs.steps.map((step) => step.if ?? '').join(' ');
    for (const [name, { default: value = null }] of Object.entries(inputs)) {
      expect(used.has(name) || asked.includes(`inputs.${name} `), name).toBe(true);
      for (const step of runs.steps.filter((one) => name in (one.with ?? {}))) {
        const part = actions.get(nameOf(step))?.inputs.find((input) => input.name === name);
        expect(part?.default, `${nameOf(step)} ${name}`).toBe(value);
      }
    }
  });

  it('hands on outputs that its parts have', () => {
    for (const [name, { value }] of Object.entries(outputs)) {
      const [, step = '', output = ''] = /^\$\{\{ steps\.([a-z-]+)\.outputs\.([a-z-]+) \}\}$/.exec(value) ?? [];
      expect(output, name).toBe(name);
      expect(actions.get(step)?.outputs.map((one) => one.name)).toContain(output);
    }
  });

  it('registers nothing that is not merged', () => {
    const register = runs.steps.find((step) => nameOf(step) === 'register-model');
    for (const event of ['pull_request', 'merge_group'])
      expect(register?.if).toContain(`github.event_name != '${event}'`);
  });
});
