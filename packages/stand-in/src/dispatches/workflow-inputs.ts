import { parse } from 'yaml';
import { refusals } from '../refusals.ts';

interface InputDefinition {
  readonly required: boolean;
  readonly default: unknown;
  /** Of a choice. */
  readonly options: readonly string[] | null;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readDefinition(value: unknown): InputDefinition {
  const given = isRecord(value) ? value : {};
  const { required, default: standard, type, options } = given;
  const choices = type === 'choice' && Array.isArray(options) ? options.map(String) : null;
  return { required: required === true, default: standard, options: choices };
}

function readOn(text: string): unknown {
  try {
    const workflow: unknown = parse(text);
    return isRecord(workflow) ? workflow.on : undefined;
  } catch (cause) {
    throw Object.assign(refusals.unprocessable('failed to parse workflow'), { cause });
  }
}

/** Inputs of `on: workflow_dispatch`; null where a workflow has no such trigger. */
export function dispatchInputs(text: string): Map<string, InputDefinition> | null {
  const on = readOn(text);
  if (on === 'workflow_dispatch' || (Array.isArray(on) && on.includes('workflow_dispatch'))) return new Map();
  if (!isRecord(on) || !('workflow_dispatch' in on)) return null;
  const inputs = isRecord(on.workflow_dispatch) ? on.workflow_dispatch.inputs : null;
  if (!isRecord(inputs)) return new Map();
  return new Map(Object.entries(inputs).map(([name, value]) => [name, readDefinition(value)]));
}

/** What the run is given: what was sent, with defaults for the rest; 422 for what it does not take. */
export function fillInputs(
  definitions: ReadonlyMap<string, InputDefinition>,
  sent: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const unknown = Object.keys(sent).filter((name) => !definitions.has(name));
  if (unknown.length > 0) throw refusals.unprocessable(`Unexpected inputs provided: ${JSON.stringify(unknown)}`);
  const filled: Record<string, unknown> = {};
  for (const [name, { required, default: standard, options }] of definitions) {
    const value = sent[name] ?? standard;
    if (required && (value === undefined || value === ''))
      throw refusals.unprocessable(`Required input '${name}' not provided`);
    if (options !== null && value !== undefined && !options.includes(String(value)))
      throw refusals.unprocessable(
        `Provided value '${String(value)}' for input '${name}' not in the list of allowed values`,
      );
    if (value !== undefined) filled[name] = value;
  }
  return filled;
}
