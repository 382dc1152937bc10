import { type CelResult, celEnv, isCelError, plan } from '@bufbuild/cel';
import type { Gate } from '../config/types.ts';
import type { GateResult } from '../documents.ts';
import { nearestName } from '../nearest-name.ts';
import { ProblemError } from '../problem.ts';
import { figureText } from '../texts/figures.ts';
import { childrenOf, type Expression, operatorOf, type Path, parseExpression, pathOf, pathsOf } from './expression.ts';
import { gateProblemsOf } from './parse-gate.ts';

type Roots = Readonly<Record<string, unknown>>;

/** The figures that gates are judged on. */
export interface GateFacts {
  /** The candidate's. */
  readonly current: object;
  /** Of the version that each environment wants; null where it has none yet. */
  readonly environments: Readonly<Record<string, object | null>>;
}

const environment = celEnv();
const figureRoots = new Set(['metrics', 'reported', 'fairness', 'performance']);
const comparisons: Readonly<Record<string, string>> = {
  '_<_': '<',
  '_<=_': '<=',
  '_>_': '>',
  '_>=_': '>=',
  '_==_': '==',
  '_!=_': '!=',
};

type Verdict = Pick<GateResult, 'passed' | 'state' | 'reason'>;
const failed = (reason: string): Verdict => ({ passed: false, state: 'failed', reason });

function isRecord(value: unknown): value is Roots {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function pathText(path: Path): string {
  return path
    .map((name, index) => (index === 0 ? name : /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `["${name}"]`))
    .join('');
}

/** Why a path is no figure that can be judged; null where it is one. */
function flawOf(path: Path, roots: Roots): string | null {
  let value: unknown = roots;
  for (const [index, name] of path.entries()) {
    if (!isRecord(value) || !Object.hasOwn(value, name)) return missingText(path.slice(0, index + 1), value);
    value = value[name];
  }
  const name = pathText(path);
  if (typeof value === 'number') return Number.isFinite(value) ? null : `${name} is ${value}`;
  const isFigure = path.some((part, index) => index <= 1 && figureRoots.has(part));
  if (value === null || value === undefined) return `${name} is undefined`;
  if (isFigure || isRecord(value) || Array.isArray(value))
    return `${name} is ${isRecord(value) ? 'a group of figures' : JSON.stringify(value)}, not a number`;
  return typeof value === 'string' || typeof value === 'boolean' ? null : `${name} is no figure`;
}

function missingText(path: Path, parent: unknown): string {
  const known = isRecord(parent) ? Object.keys(parent) : [];
  const name = path.at(-1) ?? '';
  const nearest = nearestName(name, known);
  const others = known.filter((candidate) => candidate !== nearest).slice(0, 8);
  const listed = [...(nearest === undefined ? [] : [nearest]), ...others];
  return `${pathText(path)} is not there${nearest === undefined ? '.' : `; did you mean "${nearest}"?`} There ${listed.length === 0 ? 'is nothing' : `are: ${listed.join(', ')}`}`;
}

type Value = { readonly ok: true; readonly value: CelResult } | { readonly ok: false; readonly why: string };

function computed(expression: Expression, bindings: Roots): Value {
  try {
    const value = plan(environment, expression)(bindings as never);
    return isCelError(value) ? { ok: false, why: value.message } : { ok: true, value };
  } catch (cause) {
    return { ok: false, why: cause instanceof Error ? cause.message : String(cause) };
  }
}

/** What is wrong with any part of the expression, also with parts that CEL would not look at: 1/0, text beside numbers. */
function partFlaw(expression: Expression, bindings: Roots): string | null {
  if (pathOf(expression) !== null) return null;
  const operator = operatorOf(expression);
  const children = childrenOf(expression);
  for (const child of children) {
    const flaw = partFlaw(child, bindings);
    if (flaw !== null) return flaw;
  }
  const answer = computed(expression, bindings);
  if (!answer.ok) return answer.why;
  if (typeof answer.value === 'number' && !Number.isFinite(answer.value)) return `a part of it is ${answer.value}`;
  if (operator === '_==_' || operator === '_!=_') return kindsFlaw(children, bindings);
  return null;
}

function kindsFlaw(sides: readonly Expression[], bindings: Roots): string | null {
  const kinds = sides.map((side) => {
    const answer = computed(side, bindings);
    return answer.ok ? typeof answer.value : 'nothing';
  });
  return new Set(kinds).size === 1 ? null : `it compares ${kinds.join(' with ')}`;
}

function sideText(expression: Expression, bindings: Roots): string {
  const answer = computed(expression, bindings);
  if (!answer.ok) return '?';
  return typeof answer.value === 'number' ? figureText(answer.value) : JSON.stringify(answer.value);
}

/** The comparison with its figures filled in: `0.969 > 0.9`, `0.441 is not > 0.9`; of longer gates the figures by name. */
function reasonOf(tree: Expression, bindings: Roots, passed: boolean): string {
  const sign = comparisons[operatorOf(tree) ?? ''];
  const [left, right] = childrenOf(tree);
  if (sign !== undefined && left !== undefined && right !== undefined)
    return `${sideText(left, bindings)} ${passed ? '' : 'is not '}${sign} ${sideText(right, bindings)}`;
  return pathsOf(tree)
    .map((path) => `${pathText(path)} = ${shownAt(path, bindings)}`)
    .join(', ');
}

function shownAt(path: Path, bindings: Roots): string {
  const value = path.reduce<unknown>((parent, name) => (isRecord(parent) ? parent[name] : undefined), bindings);
  return typeof value === 'number' ? figureText(value) : JSON.stringify(value);
}

function judgeTree(tree: Expression, facts: GateFacts): Verdict {
  const paths = pathsOf(tree);
  const absent = paths
    .map(([root = '']) => root)
    .filter((root) => Object.hasOwn(facts.environments, root) && facts.environments[root] === null);
  if (absent.length > 0)
    return {
      passed: false,
      state: 'not-applicable',
      reason: `there is no version in ${[...new Set(absent)].join(', ')} yet`,
    };
  const bindings: Roots = { ...facts.environments, ...facts.current };
  const flaws = paths.map((path) => flawOf(path, bindings)).filter((flaw) => flaw !== null);
  if (flaws.length > 0) return failed(flaws.join('; '));
  const flaw = partFlaw(tree, bindings);
  if (flaw !== null) return failed(`cannot be judged: ${flaw}`);
  const answer = computed(tree, bindings);
  if (!answer.ok || typeof answer.value !== 'boolean') return failed('it answers neither yes nor no');
  const reason = reasonOf(tree, bindings, answer.value);
  return answer.value ? { passed: true, state: 'passed', reason } : failed(reason);
}

/**
 * Gates on figures. CEL alone is not safe: `!(metrics.a < 0.9)` is true for NaN, `metrics.missing > 0.5 || true` is true.
 * So every figure that a gate names must be there and finite (text or yes/no outside metrics), and every part of it must
 * be finite, or the gate fails and says why. A gate that names an environment without a version is not applicable.
 * Throws the config problems of a gate that cannot be read: its author's to fix.
 */
export function judgeGates(gates: readonly Gate[], facts: GateFacts): readonly GateResult[] {
  const environments = Object.keys(facts.environments);
  const problems = gates.flatMap(({ expression, position }) => gateProblemsOf({ expression, position, environments }));
  if (problems.length > 0) throw new ProblemError(problems);
  return gates.map(({ expression, level, position: { file, line } }) => ({
    if: expression,
    ...judgeTree(parseExpression(expression), facts),
    level,
    position: { file, line },
  }));
}
