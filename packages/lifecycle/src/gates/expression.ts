import { parse } from '@bufbuild/cel';

export type Expression = ReturnType<typeof parse>['expr'];

/** A figure that a gate names: `['metrics', 'f0.5']`, `['production', 'metrics', 'accuracy']`. */
export type Path = readonly string[];

/** Operators that a gate may use. Everything else of CEL (macros, `has`, functions) can hide a figure that is missing. */
const operators = new Set([
  '_&&_', '_||_', '!_', '_<_', '_<=_', '_>_', '_>=_', '_==_', '_!=_', '@in', '_+_', '_-_', '_*_', '_/_', '-_', '_?_:_', '_[_]',
]); // biome-ignore format: a list

const logical = new Set(['_&&_', '_||_', '!_', '_<_', '_<=_', '_>_', '_>=_', '_==_', '_!=_', '@in']);

/** The operands of any node, in order. */
export function childrenOf({ exprKind }: Expression): readonly Expression[] {
  switch (exprKind.case) {
    case 'callExpr':
      return [...(exprKind.value.target === undefined ? [] : [exprKind.value.target]), ...exprKind.value.args];
    case 'selectExpr':
      return exprKind.value.operand === undefined ? [] : [exprKind.value.operand];
    case 'listExpr':
      return exprKind.value.elements;
    default:
      return [];
  }
}

export function operatorOf({ exprKind }: Expression): string | null {
  return exprKind.case === 'callExpr' ? exprKind.value.function : null;
}

function textOf({ exprKind }: Expression): string | null {
  const constant = exprKind.case === 'constExpr' ? exprKind.value.constantKind : undefined;
  return constant?.case === 'stringValue' ? constant.value : null;
}

/** The path that a node names: `a.b`, `a["b"]`; null for anything else. */
export function pathOf(expression: Expression): Path | null {
  const { exprKind } = expression;
  if (exprKind.case === 'identExpr') return [exprKind.value.name];
  const [operand, index] = childrenOf(expression);
  const before = operand === undefined ? null : pathOf(operand);
  if (before === null) return null;
  if (exprKind.case === 'selectExpr') return exprKind.value.testOnly ? null : [...before, exprKind.value.field];
  const name = operatorOf(expression) === '_[_]' && index !== undefined ? textOf(index) : null;
  return name === null ? null : [...before, name];
}

/** Every path that an expression names, each once, in order. */
export function pathsOf(expression: Expression): readonly Path[] {
  const path = pathOf(expression);
  const all = path === null ? childrenOf(expression).flatMap(pathsOf) : [path];
  return [...new Map(all.map((one) => [one.join('\u0000'), one])).values()];
}

/** What a gate may not use, in words; null where all is well. */
export function unsupportedIn(expression: Expression): string | null {
  const { exprKind } = expression;
  if (pathOf(expression) !== null) return null;
  if (exprKind.case === 'selectExpr') return exprKind.value.testOnly ? '"has()"' : 'a field of an expression';
  if (exprKind.case === 'comprehensionExpr') return 'a macro such as "all" or "exists"';
  if (exprKind.case === 'structExpr') return 'a map or message literal';
  const operator = operatorOf(expression);
  if (operator !== null && !operators.has(operator)) return `the function "${operator}"`;
  return (
    childrenOf(expression)
      .map(unsupportedIn)
      .find((found) => found !== null) ?? null
  );
}

/** Whether an expression answers yes or no; `unknown` for a path, whose type its value decides. */
export function isYesOrNo(expression: Expression): boolean | 'unknown' {
  const { exprKind } = expression;
  if (pathOf(expression) !== null) return 'unknown';
  if (exprKind.case === 'constExpr') return exprKind.value.constantKind.case === 'boolValue';
  const operator = operatorOf(expression);
  if (operator === '_?_:_')
    return childrenOf(expression)
      .slice(1)
      .every((branch) => isYesOrNo(branch) !== false);
  return operator !== null && logical.has(operator);
}

/** All figures are doubles, and CEL does not mix: whole numbers that people write become doubles too. */
function withDoubles(expression: Expression): Expression {
  const { exprKind } = expression;
  if (exprKind.case === 'constExpr') {
    const { constantKind } = exprKind.value;
    if (constantKind.case === 'int64Value' || constantKind.case === 'uint64Value')
      exprKind.value.constantKind = { case: 'doubleValue', value: Number(constantKind.value) };
  }
  for (const child of childrenOf(expression)) withDoubles(child);
  return expression;
}

/** CEL text as a tree; throws what the parser says. */
export function parseExpression(text: string): Expression {
  return withDoubles(parse(text).expr);
}
