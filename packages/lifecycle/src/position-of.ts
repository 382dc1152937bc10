import type { ModelConfig, Position } from './config/types.ts';

/** Where model.yaml says it: the first of the keys that is written there, from the most exact to the most general. */
export function positionOf(
  { positions }: Pick<ModelConfig, 'positions'>,
  ...keys: readonly string[]
): Position | undefined {
  return keys.map((key) => positions[key]).find((position) => position !== undefined);
}
