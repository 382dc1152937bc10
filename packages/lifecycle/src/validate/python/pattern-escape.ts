import { Raised } from '../expectation.ts';

/** A part of a pattern in both languages; null where RE2 has nothing that means the same. */
export interface Pieces {
  readonly js: string;
  readonly re2: string | null;
}

/** A set of characters as the inside of a bracket, the same in both languages but for the spelling. */
export interface CharacterSet {
  readonly js: string;
  readonly re2: string;
}

/** What the flags of a pattern change. */
export interface Dialect {
  readonly dotAll: boolean;
  readonly multiline: boolean;
  readonly classes: Readonly<Record<'d' | 'w' | 's', CharacterSet>>;
}

const spaces = ['85', 'a0', '1680', '2000-200a', '2028-2029', '202f', '205f', '3000'];
const spelled = (open: string) =>
  spaces
    .map((codes) =>
      codes
        .split('-')
        .map((code) => `${open}{${code}}`)
        .join('-'),
    )
    .join('');

/** Python's own: word characters are what `str.isalnum` says, without combining marks. */
export function letterClasses(isAscii: boolean): Dialect['classes'] {
  const same = (text: string): CharacterSet => ({ js: text, re2: text });
  if (isAscii) return { d: same('0-9'), w: same('0-9A-Za-z_'), s: same('\\t-\\r\\x20') };
  return {
    d: same('\\p{Nd}'),
    w: same('\\p{L}\\p{N}_'),
    s: { js: `\\t-\\r\\x1c-\\x20${spelled('\\u')}`, re2: `\\t-\\r\\x1c-\\x20${spelled('\\x')}` },
  };
}

/** One character that stands for itself, inside and outside of brackets. */
export function literalOf(character: string): Pieces {
  if (/^[A-Za-z0-9]$/.test(character)) return { js: character, re2: character };
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return { js: `\\u{${code}}`, re2: `\\x{${code}}` };
}

const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v', a: '\x07', 0: '\0' };
const coded = /^\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))/;

/** An escape that means one character; null for those that mean more. */
export function readEscapedCharacter(rest: string): { readonly character: string; readonly length: number } | null {
  const code = coded.exec(rest);
  if (code !== null) {
    const number = Number.parseInt(code[1] ?? code[2] ?? code[3] ?? '0', 16);
    return { character: String.fromCodePoint(Math.min(number, 0x10ffff)), length: code[0].length };
  }
  const next = String.fromCodePoint(rest.codePointAt(1) ?? 0);
  const control = controls[next];
  if (control !== undefined && !/^\\0[0-7]/.test(rest)) return { character: control, length: 2 };
  return /[A-Za-z0-9]/.test(next) ? null : { character: next, length: 1 + next.length };
}

function isClassName(name: string): name is 'd' | 'w' | 's' {
  return name === 'd' || name === 'w' || name === 's';
}

function wordEdge({ classes: { w } }: Dialect, isEdge: boolean): Pieces {
  const [ahead, behind] = [`(?=[${w.js}])`, `(?<=[${w.js}])`];
  const [notAhead, notBehind] = [`(?![${w.js}])`, `(?<![${w.js}])`];
  const both = isEdge ? `${behind}${notAhead}|${notBehind}${ahead}` : `${behind}${ahead}|${notBehind}${notAhead}`;
  return { js: `(?:${both})`, re2: null };
}

/** A backslash and what it means outside of brackets. */
export function readEscape(rest: string, dialect: Dialect): Pieces & { readonly length: number } {
  if (rest.length === 1) throw new Raised('The regular expression ends in a single backslash.');
  const single = readEscapedCharacter(rest);
  if (single !== null) return { ...literalOf(single.character), length: single.length };
  const name = rest[1] ?? '';
  const lower = name.toLowerCase();
  if (isClassName(lower)) {
    const negation = lower === name ? '' : '^';
    const { js, re2 } = dialect.classes[lower];
    return { js: `[${negation}${js}]`, re2: `[${negation}${re2}]`, length: 2 };
  }
  if (lower === 'b') return { ...wordEdge(dialect, name === 'b'), length: 2 };
  if (name === 'A') return { js: '(?<![\\s\\S])', re2: '\\A', length: 2 };
  if (name === 'Z') return { js: '(?![\\s\\S])', re2: '\\z', length: 2 };
  const reference = /^\\[1-9]\d?/.exec(rest);
  if (reference !== null) return { js: `(?:${reference[0]})`, re2: null, length: reference[0].length };
  throw new Raised(`The regular expression holds the bad escape \\${name}.`);
}
