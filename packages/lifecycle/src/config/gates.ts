import { gateProblemsOf } from '../gates/parse-gate.ts';
import type { Problem } from '../problem.ts';
import { type Mapping, type Node, nodeAt, pathText, placeOf } from './node.ts';
import type { Gate } from './types.ts';

function textAt(node: Node | undefined): string | null {
  return node?.kind === 'scalar' && typeof node.value === 'string' && node.value.trim() !== '' ? node.value : null;
}

interface WrittenGate extends Gate {
  readonly index: number;
}

/** Gates as they stand in the tree, also beside gates that no schema takes: each is judged by itself. */
function writtenGates(root: Mapping): readonly WrittenGate[] {
  const list = nodeAt(root, ['gates']);
  if (list?.kind !== 'list') return [];
  return list.items.flatMap((item, index) => {
    const path = item.kind === 'mapping' ? ['gates', index, 'if'] : ['gates', index];
    const expression = textAt(nodeAt(root, path));
    const level = textAt(nodeAt(root, ['gates', index, 'level'])) === 'warn' ? 'warn' : 'error';
    return expression === null ? [] : [{ index, expression, level, position: placeOf(root, path) } as const];
  });
}

/** The gates of a tree that its schema took. */
export function gatesOf(root: Mapping): readonly Gate[] {
  return writtenGates(root).map(({ index: _, ...gate }) => gate);
}

/** What is wrong with each gate, before any figure is known. */
export function gateProblems(root: Mapping, environments: readonly string[]): readonly Problem[] {
  return writtenGates(root).flatMap(({ index, expression, position }) =>
    gateProblemsOf({ expression, position, environments }).map((problem) => ({
      ...problem,
      message: `${pathText(['gates', index])}: ${problem.message}`,
    })),
  );
}
