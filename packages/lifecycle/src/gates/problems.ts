import type { Position } from '../config/types.ts';
import { nearestName } from '../nearest-name.ts';
import type { Problem } from '../problem.ts';

function at({ file, line, column }: Position, problem: Problem): Problem {
  return { ...problem, file, line, column };
}

/** What a gate in model.yaml can get wrong, in one table. */
export const gateProblems = {
  syntax: (position: Position, expression: string, why: string): Problem =>
    at(position, {
      code: 'gate-syntax',
      message: `The gate ${JSON.stringify(expression)} cannot be read: ${why.replace(/^<input>:/, 'at ')}.`,
      remedy: 'Write it as <figure> <comparison> <value>, e.g. metrics.accuracy > 0.9.',
    }),
  unsupported: (position: Position, expression: string, what: string): Problem =>
    at(position, {
      code: 'gate-unsupported',
      message: `The gate ${JSON.stringify(expression)} uses ${what}, which could hide a missing figure.`,
      remedy: 'Use comparisons, &&, ||, !, arithmetic and figures by name only.',
    }),
  notBoolean: (position: Position, expression: string): Problem =>
    at(position, {
      code: 'gate-not-boolean',
      message: `The gate ${JSON.stringify(expression)} does not answer yes or no.`,
      remedy: 'Compare the figure with a value, e.g. metrics.accuracy > 0.9.',
    }),
  noFigure: (position: Position, expression: string): Problem =>
    at(position, {
      code: 'gate-without-figure',
      message: `The gate ${JSON.stringify(expression)} names no figure: it would always answer the same.`,
      remedy: 'Name one, e.g. metrics.accuracy > 0.9.',
    }),
  unknownRoot: (position: Position, name: string, known: readonly string[]): Problem => {
    const nearest = nearestName(name, known);
    return at(position, {
      code: 'gate-unknown-root',
      message: `A gate names "${name}", which nothing provides${nearest === undefined ? '.' : `; did you mean "${nearest}"?`}`,
      remedy: `Figures begin with one of: ${known.join(', ')}.`,
    });
  },
};
