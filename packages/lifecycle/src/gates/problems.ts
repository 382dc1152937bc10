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
  tooLong: (position: Position, limit: number): Problem =>
    at(position, {
      code: 'gate-too-long',
      message: `The gate has more than ${limit} characters, which nobody reads.`,
      remedy: 'Split it at && into gates of their own.',
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
  hyphen: (position: Position, environment: string): Problem =>
    at(position, {
      code: 'gate-unknown-root',
      message: `A gate cannot name the environment "${environment}": in a gate "-" is minus.`,
      remedy: `Name the environment ${environment.replaceAll('-', '_')}.`,
    }),
  unknownRoot: (position: Position, name: string, known: readonly string[]): Problem => {
    const hyphenated = known.find((candidate) => candidate.split('-').includes(name));
    if (hyphenated !== undefined) return gateProblems.hyphen(position, hyphenated);
    const nearest = nearestName(name, known);
    return at(position, {
      code: 'gate-unknown-root',
      message: `A gate names "${name}", which nothing provides${nearest === undefined ? '.' : `; did you mean "${nearest}"?`}`,
      remedy: `Figures begin with one of: ${known.join(', ')}.`,
    });
  },
};
