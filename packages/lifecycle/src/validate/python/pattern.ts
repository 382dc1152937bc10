import { Raised } from '../expectation.ts';
import { readClass } from './pattern-class.ts';
import { type Dialect, letterClasses, literalOf, type Pieces, readEscape } from './pattern-escape.ts';

/** A Python regular expression for `search`: for JavaScript, and for RE2 where it can say the same. */
export interface Pattern {
  readonly expression: RegExp;
  readonly re2: string | null;
}

const groups: readonly (readonly [RegExp, (match: RegExpExecArray) => Pieces])[] = [
  [/^\(\?#[^)]*\)/, () => ({ js: '', re2: '' })],
  [/^\(\?:/, () => ({ js: '(?:', re2: '(?:' })],
  [/^\(\?(<?[=!])/, ([, kind]) => ({ js: `(?${kind}`, re2: null })],
  [/^\(\?P<([A-Za-z_]\w*)>/, ([, name]) => ({ js: `(?<${name}>`, re2: `(?P<${name}>` })],
  [/^\(\?P=([A-Za-z_]\w*)\)/, ([, name]) => ({ js: `\\k<${name}>`, re2: null })],
  [/^\((?!\?)/, () => ({ js: '(', re2: '(' })],
];

function readGroup(rest: string): Pieces & { readonly length: number } {
  for (const [form, pieces] of groups) {
    const match = form.exec(rest);
    if (match !== null) return { ...pieces(match), length: match[0].length };
  }
  throw new Raised(`The regular expression uses ${rest.slice(0, 4)}…, which is not supported here.`);
}

/** RE2 repeats at most 1000 times; Python knows `{,n}`, the others do not. */
function readRepeat(rest: string): (Pieces & { readonly length: number }) | null {
  const match = /^(?:[*+?]|\{(\d*)(,(\d*))?\})(\??)(\+?)/.exec(rest);
  if (match === null || match[0].startsWith('{}') || match[0].startsWith('{,}')) return null;
  const [text, least = '', comma, most = '', lazy = '', possessive] = match;
  if (possessive === '+') throw new Raised(`The regular expression uses ${text}, which is not supported here.`);
  const written = text.startsWith('{') ? `{${least || '0'}${comma === undefined ? '' : `,${most}`}}${lazy}` : text;
  return { js: written, re2: Math.max(Number(least), Number(most)) > 1000 ? null : written, length: text.length };
}

function readAnchor(character: string, rest: string, depth: number, { multiline }: Dialect): Pieces {
  if (character === '^') return multiline ? { js: '(?<![^\\n])', re2: '^' } : { js: '^', re2: '^' };
  if (multiline) return { js: '(?![^\\n])', re2: '$' };
  const isLast = rest.length === 1 || (rest[1] === '|' && depth === 0);
  return { js: '(?=\\n?(?![\\s\\S]))', re2: isLast ? '(?:\\n?\\z)' : null };
}

function readOne(rest: string, depth: number, dialect: Dialect): Pieces & { readonly length: number } {
  const character = String.fromCodePoint(rest.codePointAt(0) ?? 0);
  if (character === '(') return readGroup(rest);
  if (character === ')' || character === '|') return { js: character, re2: character, length: 1 };
  if (character === '[') return readClass(rest, dialect);
  if (character === '\\') return readEscape(rest, dialect);
  if (character === '^' || character === '$') return { ...readAnchor(character, rest, depth, dialect), length: 1 };
  if (character === '.') return { js: dialect.dotAll ? '[\\s\\S]' : '[^\\n]', re2: '.', length: 1 };
  return readRepeat(rest) ?? { ...literalOf(character), length: character.length };
}

const flagNames = /^\(\?([aimsuxL]+)\)/;

function readDialect(pattern: string): {
  readonly dialect: Dialect;
  readonly ignoreCase: boolean;
  readonly body: string;
} {
  const match = flagNames.exec(pattern);
  const flags = match?.[1] ?? '';
  if (/[xL]/.test(flags))
    throw new Raised(`The regular expression uses the flags ${flags}, which are not supported here.`);
  return {
    dialect: {
      dotAll: flags.includes('s'),
      multiline: flags.includes('m'),
      classes: letterClasses(flags.includes('a')),
    },
    ignoreCase: flags.includes('i'),
    body: pattern.slice(match?.[0].length ?? 0),
  };
}

function readBody(body: string, dialect: Dialect): Pieces {
  let [js, re2, depth, at]: [string, string | null, number, number] = ['', '', 0, 0];
  while (at < body.length) {
    const piece = readOne(body.slice(at), depth, dialect);
    if (piece.js.startsWith('(') && body[at] === '(' && !piece.js.endsWith(')')) depth += 1;
    if (body[at] === ')') depth -= 1;
    js += piece.js;
    re2 = re2 === null || piece.re2 === null ? null : re2 + piece.re2;
    at += piece.length;
  }
  return { js, re2 };
}

function compile(pattern: string, js: string, ignoreCase: boolean): RegExp {
  try {
    return new RegExp(js, `v${ignoreCase ? 'i' : ''}`);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.replace(/^.*: /, '') : String(cause);
    throw new Raised(`The regular expression ${JSON.stringify(pattern)} cannot be read: ${why}.`, { cause });
  }
}

/**
 * Reads a regular expression as Python's `re` does: Unicode classes, `$` also before a last line end, `.` all but the
 * line end. Raises for what cannot be read, and for what Python has and JavaScript lacks.
 */
export function parsePattern(pattern: string): Pattern {
  const { dialect, ignoreCase, body } = readDialect(pattern);
  const { js, re2 } = readBody(body, dialect);
  const expression = compile(pattern, js, ignoreCase);
  const flags = `${ignoreCase ? 'i' : ''}${dialect.dotAll ? 's' : ''}${dialect.multiline ? 'm' : ''}`;
  return { expression, re2: re2 === null ? null : `${flags === '' ? '' : `(?${flags})`}${re2}` };
}
