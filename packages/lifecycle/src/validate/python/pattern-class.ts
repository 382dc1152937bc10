import { Raised } from '../expectation.ts';
import { type Dialect, literalOf, type Pieces, readEscapedCharacter } from './pattern-escape.ts';

type Item = { readonly length: number } & ({ readonly character: string } | { readonly pieces: Pieces });

function readSet(rest: string, { classes }: Dialect): Item {
  const name = rest[1] ?? '';
  const lower = name.toLowerCase();
  if (lower !== 'd' && lower !== 'w' && lower !== 's')
    throw new Raised(`The regular expression holds the bad escape \\${name}.`);
  const { js, re2 } = classes[lower];
  if (lower === name) return { pieces: { js, re2 }, length: 2 };
  return { pieces: { js: `[^${js}]`, re2: re2 === '\\p{Nd}' ? '\\P{Nd}' : null }, length: 2 };
}

function readItem(rest: string, dialect: Dialect): Item {
  if (!rest.startsWith('\\')) {
    const character = String.fromCodePoint(rest.codePointAt(0) ?? 0);
    return { character, length: character.length };
  }
  if (rest.startsWith('\\b')) return { character: '\b', length: 2 };
  return readEscapedCharacter(rest) ?? readSet(rest, dialect);
}

function joined(parts: readonly Pieces[]): Pieces {
  const isWhole = parts.every(({ re2 }) => re2 !== null);
  return { js: parts.map(({ js }) => js).join(''), re2: isWhole ? parts.map(({ re2 }) => re2).join('') : null };
}

function piecesOf(item: Item): Pieces {
  return 'pieces' in item ? item.pieces : literalOf(item.character);
}

/** A range, or the one item that stands here. */
function readPart(rest: string, dialect: Dialect): Pieces & { readonly length: number } {
  const first = readItem(rest, dialect);
  const after = rest.slice(first.length);
  if (!after.startsWith('-') || after.startsWith('-]') || after.length < 2)
    return { ...piecesOf(first), length: first.length };
  const last = readItem(after.slice(1), dialect);
  if ('pieces' in first || 'pieces' in last || first.character > last.character)
    throw new Raised(
      `The regular expression holds a bad character range: ${rest.slice(0, first.length + 1 + last.length)}.`,
    );
  const dash = { js: '-', re2: '-' };
  return { ...joined([piecesOf(first), dash, piecesOf(last)]), length: first.length + 1 + last.length };
}

/** A bracket with its characters, ranges and sets. */
export function readClass(rest: string, dialect: Dialect): Pieces & { readonly length: number } {
  const isNegated = rest.startsWith('[^');
  let at = isNegated ? 2 : 1;
  const parts: Pieces[] = [];
  while (rest[at] !== ']' || parts.length === 0) {
    if (at >= rest.length) throw new Raised('The regular expression holds an unterminated character set.');
    const part = readPart(rest.slice(at), dialect);
    parts.push(part);
    at += part.length;
  }
  const bracket = (text: string) => ({ js: text, re2: text });
  return { ...joined([bracket(isNegated ? '[^' : '['), ...parts, bracket(']')]), length: at + 1 };
}
