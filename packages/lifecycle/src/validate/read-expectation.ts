import { z } from 'zod';
import type { Problem } from '../problem.ts';
import type { Ask, ExpectationType } from './expectation.ts';
import { expectationTypes, typeNamed } from './expectation-types.ts';
import { type SuitePosition, suiteProblems } from './problems.ts';
import type { Expectation } from './suite.ts';

const record = z.record(z.string(), z.unknown());
const Item = z.object({
  type: z.string().nullish(),
  expectation_type: z.string().nullish(),
  kwargs: record.nullish(),
  meta: record.nullish(),
  severity: z.enum(['critical', 'warning', 'info']).nullish(),
});

export interface SuiteContext {
  readonly position: SuitePosition;
  readonly parameters: Readonly<Record<string, unknown>>;
}

type Answer = { readonly expectation: Expectation } | { readonly problems: readonly Problem[] };

/** Arguments that suites before 1.0 carry and that say nothing to us. */
const outdated = new Set(['auto', 'profiler_config']);

/** Puts values in the place of `{"$PARAMETER": name}`; tells the names that have none. */
function resolved(value: unknown, parameters: SuiteContext['parameters'], unknown: string[]): unknown {
  if (Array.isArray(value)) return value.map((one) => resolved(one, parameters, unknown));
  if (typeof value !== 'object' || value === null) return value;
  const { $PARAMETER: name } = value as { readonly $PARAMETER?: unknown };
  if (name === undefined)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolved(one, parameters, unknown)]));
  if (typeof name === 'string' && Object.hasOwn(parameters, name)) return parameters[name];
  unknown.push(String(name));
  return null;
}

function whyUnsuitable({ message, code }: z.core.$ZodIssue, raw: unknown): string {
  if (raw === undefined && code !== 'custom') return 'it is needed.';
  return `${message.replace(/^Invalid input: /, '')}.`.replace(/\.\.$/, '.');
}

function issueProblems(
  issue: z.core.$ZodIssue,
  where: SuitePosition,
  type: string,
  known: readonly string[],
  kwargs: Readonly<Record<string, unknown>>,
): readonly Problem[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((name) => suiteProblems.unknownKwarg(where, type, name, known));
  const name = String(issue.path[0] ?? '');
  return [suiteProblems.badKwarg(where, type, name, whyUnsuitable(issue, kwargs[name]))];
}

function readKwargs(
  name: string,
  type: ExpectationType,
  kwargs: Readonly<Record<string, unknown>>,
  { position, parameters }: SuiteContext,
): { readonly ask: Ask } | { readonly problems: readonly Problem[] } {
  const unknown: string[] = [];
  const values = resolved(kwargs, parameters, unknown);
  if (unknown.length > 0) return { problems: unknown.map((parameter) => suiteProblems.parameter(position, parameter)) };
  const read = type.read(values);
  if ('ask' in read) return read;
  return { problems: read.issues.flatMap((issue) => issueProblems(issue, position, name, type.kwargs, kwargs)) };
}

/** Numbers beyond 2^53 as text, as documents tell them. */
function told(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return value.map(told);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, told(one)]));
}

/** One expectation of a suite, or what is wrong with it. */
export function readExpectation(raw: unknown, context: SuiteContext): Answer {
  const item = Item.safeParse(raw);
  const { position } = context;
  if (!item.success) {
    const [issue] = item.error.issues;
    const where = issue?.path.join('.') ?? '';
    return {
      problems: [
        suiteProblems.malformed(
          position,
          `an expectation is unsuitable${where === '' ? '' : ` at "${where}"`}: ${issue?.message}.`,
        ),
      ],
    };
  }
  const written = item.data.type ?? item.data.expectation_type;
  if (written === null || written === undefined)
    return { problems: [suiteProblems.malformed(position, 'an expectation has no "type".')] };
  const found = typeNamed(written);
  if (found === null)
    return { problems: [suiteProblems.unknownType(position, written, Object.keys(expectationTypes))] };
  const isOld = item.data.type === undefined || item.data.type === null;
  const all = Object.entries(item.data.kwargs ?? {});
  const kwargs = Object.fromEntries(isOld ? all.filter(([name]) => !outdated.has(name)) : all);
  const read = readKwargs(found.name, found.type, kwargs, context);
  if ('problems' in read) return read;
  const { meta, severity } = item.data;
  return {
    expectation: {
      type: found.name,
      kwargs: told(kwargs) as Expectation['kwargs'],
      meta: told(meta ?? {}) as Expectation['meta'],
      severity: severity ?? 'critical',
      position,
      ask: read.ask,
    },
  };
}
