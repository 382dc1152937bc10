import { gateRoots } from '@model-gitops/registry';
import type { Position } from '../config/types.ts';
import type { Problem } from '../problem.ts';
import { type Expression, isYesOrNo, parseExpression, pathsOf, unsupportedIn } from './expression.ts';
import { gateProblems } from './problems.ts';

export interface GateQuestion {
  readonly expression: string;
  readonly position: Position;
  /** Names that are roots besides: the environments. */
  readonly environments: readonly string[];
}

function treeOf({ expression, position }: GateQuestion): Expression | Problem {
  try {
    return parseExpression(expression);
  } catch (cause) {
    return gateProblems.syntax(position, expression, cause instanceof Error ? cause.message : String(cause));
  }
}

function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [problem.message, problem])).values()];
}

const characterLimit = 1000;

/** What is wrong with a gate, before any figure is known; empty where it can be judged. */
export function gateProblemsOf(question: GateQuestion): readonly Problem[] {
  const { expression, position, environments } = question;
  if (expression.length > characterLimit) return [gateProblems.tooLong(position, characterLimit)];
  const tree = treeOf(question);
  if ('code' in tree) return [tree];
  const unsupported = unsupportedIn(tree);
  if (unsupported !== null) return [gateProblems.unsupported(position, expression, unsupported)];
  if (isYesOrNo(tree) === false) return [gateProblems.notBoolean(position, expression)];
  const paths = pathsOf(tree);
  if (paths.length === 0) return [gateProblems.noFigure(position, expression)];
  const known = [...gateRoots, ...environments];
  const unknown = paths.map(([root = '']) => root).filter((root) => !known.includes(root));
  if (unknown.length > 0) return distinct(unknown.map((root) => gateProblems.unknownRoot(position, root, known)));
  const isBareMetric =
    isYesOrNo(tree) === 'unknown' && ['metrics', 'reported', 'fairness', 'performance'].includes(paths[0]?.[0] ?? '');
  return isBareMetric ? [gateProblems.notBoolean(position, expression)] : [];
}
