import { ProblemError, parseReference } from '@model-gitops/lifecycle';
import { type Parsed, parseEnvironmentName, parseModelName, parseVersion } from '@model-gitops/registry';

/** Names are read before anything is opened: one that breaks the rule never becomes a path or a ref. */

function read(parsed: Parsed<string>): string {
  if (parsed.ok) return parsed.value;
  throw new ProblemError(parsed.problems);
}

export function modelName(text: string): string {
  return read(parseModelName(text));
}

/** Models that a step is asked for; none, or `all`, is every one. */
export function modelNames(words: readonly string[]): readonly string[] {
  return words.map(modelName);
}

export function versionNumber(text: string): string {
  return read(parseVersion(text));
}

export function environmentName(text: string): string {
  return read(parseEnvironmentName(text));
}

/** `fraud@production`, `fraud@1.4.0` or `fraud`. */
export function reference(text: string): string {
  const { selector } = parseReference(text);
  if (selector !== null && !parseEnvironmentName(selector).ok) versionNumber(selector);
  return text;
}
