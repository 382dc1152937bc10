import { parseEnvironmentName, parseModelName, parseVersion } from '@model-gitops/registry';

/** What a command is about; null: it does not say, and the place decides. */
interface Subject {
  readonly model: string | null;
  readonly environment: string | null;
}

export type Command =
  | (Subject & { readonly kind: 'promote'; readonly version: string | null })
  | (Subject & { readonly kind: 'rollback' })
  | { readonly kind: 'hold' | 'unhold' | 'recheck' | 'help' };

export interface ParsedCommand {
  /** The line as it was written, for the answer. */
  readonly line: string;
  /** The command, or why it is none. */
  readonly command: Command | { readonly kind: 'refused'; readonly reason: string };
}

type Found = { -readonly [K in 'model' | 'version' | 'environment']: string | null };

/** What a word can only be: `fraud@1.4.0`, `fraud@production`, `1.4.0`, `v1.4.0`, `production`. null: nothing of that. */
function readWord(word: string): Partial<Found> | null {
  const at = word.indexOf('@');
  if (at >= 0) {
    const model = parseModelName(word.slice(0, at));
    const rest = readWord(word.slice(at + 1));
    return model.ok && rest !== null && rest.model === undefined ? { model: model.value, ...rest } : null;
  }
  const version = parseVersion(word);
  if (version.ok) return { version: version.value };
  const environment = parseEnvironmentName(word);
  return environment.ok ? { environment: environment.value } : null;
}

function readWords(words: readonly string[]): Found | string {
  const found: Found = { model: null, version: null, environment: null };
  for (const word of words) {
    const read = readWord(word);
    if (read === null) return `${JSON.stringify(word.slice(0, 60))} is neither a version nor an environment`;
    const twice = (Object.keys(read) as (keyof Found)[]).find((key) => found[key] !== null);
    if (twice !== undefined) return `it names more than one ${twice}`;
    Object.assign(found, read);
  }
  return found;
}

const plain = ['hold', 'unhold', 'recheck', 'help'] as const;

function readCommand(verb: string, words: readonly string[]): ParsedCommand['command'] | null {
  const bare = plain.find((name) => name === verb);
  if (bare !== undefined)
    return words.length === 0 ? { kind: bare } : { kind: 'refused', reason: `/${bare} takes nothing behind it` };
  if (verb !== 'promote' && verb !== 'rollback') return null;
  const found = readWords(words);
  if (typeof found === 'string') return { kind: 'refused', reason: found };
  const { version, ...subject } = found;
  if (verb === 'promote') return { kind: verb, version, ...subject };
  if (version !== null)
    return { kind: 'refused', reason: 'a rollback chooses the version itself: the one that was wanted before' };
  return { kind: verb, ...subject };
}

/** A command is the first line of a comment, from its first character on. null: it is none of ours, and nobody answers. */
export function parseCommand(body: string): ParsedCommand | null {
  const [line = ''] = body.split(/\r\n|\n|\r/, 1);
  const [first = '', ...words] = line.trimEnd().split(/[ \t]+/);
  if (!first.startsWith('/')) return null;
  const command = readCommand(first.slice(1), words);
  return command === null ? null : { line: line.trimEnd(), command };
}
