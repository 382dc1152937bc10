import { pairsOption } from './read-options.ts';
import type { Options } from './verb.ts';

type Parameter = string | number | boolean;

/** `0.5` is a number and `true` a boolean, as they would be in model.yaml; anything else is text. */
export function parameterValue(text: string): Parameter {
  if (text === 'true' || text === 'false') return text === 'true';
  const isNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) && Number.isFinite(Number(text));
  return isNumber ? Number(text) : text;
}

/** `--parameter name=value`, as often as it was given. */
export function parameterValues(options: Options): Readonly<Record<string, Parameter>> {
  const given = Object.entries(pairsOption(options, 'parameter'));
  return Object.fromEntries(given.map(([name, text]) => [name, parameterValue(text)]));
}
