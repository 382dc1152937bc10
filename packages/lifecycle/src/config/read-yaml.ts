import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type ParsedNode, parseDocument } from 'yaml';
import { type Problem, ProblemError } from '../problem.ts';
import type { Entry, Node, Path } from './node.ts';
import { configProblems, type Place } from './problems.ts';
import type { Position } from './types.ts';

export interface YamlFile {
  readonly file: string;
  /** null where nothing is written but comments. */
  readonly root: Node | null;
  readonly problems: readonly Problem[];
}

const characterLimit = 256 * 1024;
/** Of what the file stands for, with aliases written out: what keeps a file of aliases of aliases small. */
const valueLimit = 20_000;
const depthLimit = 24;

/** What one reading of a file has seen so far. */
interface Reading {
  readonly problems: Problem[];
  readonly anchors: Map<string, Node>;
  readonly sizes: Map<Node, number>;
  positionAt(offset: number): Position;
}

function sized<Kind extends Node>(reading: Reading, node: Kind, children: readonly Node[]): Kind {
  const size = children.reduce((sum, child) => sum + (reading.sizes.get(child) ?? 1), 1);
  if (size > valueLimit)
    throw new ProblemError(configProblems.tooLarge(node.position, `it stands for more than ${valueLimit} values`));
  reading.sizes.set(node, size);
  return node;
}

function scalarOf(value: unknown, source: string, place: Place, { problems }: Reading): Node {
  const { position } = place;
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) && /^[-+]?\d+$/.test(source))
    problems.push(configProblems.numberInexact(place, source));
  const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return { kind: 'scalar', position, value: isPlain ? value : null };
}

/** The text of a key; null, with its problem, where it is none that can be used. */
function keyOf(key: ParsedNode | null, place: Place, { problems }: Reading): string | null {
  if (!isScalar(key) || key.value === null) {
    problems.push(configProblems.keyNotText(place));
    return null;
  }
  const text = typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
  if (text === '__proto__') problems.push(configProblems.keyReserved(place, text));
  else if (text === '<<') problems.push(configProblems.mergeKey(place));
  else return text;
  return null;
}

function entriesOf(node: ParsedNode, path: Path, reading: Reading): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const { key, value } of isMap<ParsedNode, ParsedNode | null>(node) ? node.items : []) {
    const position = reading.positionAt(key.range?.[0] ?? node.range[0]);
    const text = keyOf(key, { path, position }, reading);
    if (text === null) continue;
    const here = [...path, text];
    const first = entries.get(text);
    if (first !== undefined)
      reading.problems.push(configProblems.keyTwice({ path: here, position }, first.position.line));
    else entries.set(text, { position, node: value === null ? emptyAt(position) : nodeOf(value, here, reading) });
  }
  return entries;
}

function emptyAt(position: Position): Node {
  return { kind: 'scalar', position, value: null };
}

/** An alias is what its anchor was, at the place of the alias. Anchors count once they are whole, so none can hold itself. */
function aliasOf(name: string, place: Place, { anchors, sizes }: Reading): Node {
  const anchored = anchors.get(name);
  if (anchored === undefined) throw new ProblemError(configProblems.anchor(place, name));
  const node = { ...anchored, position: place.position };
  sizes.set(node, sizes.get(anchored) ?? 1);
  return node;
}

function nodeOf(node: ParsedNode, path: Path, reading: Reading): Node {
  const position = reading.positionAt(node.range[0]);
  if (path.length > depthLimit)
    throw new ProblemError(configProblems.tooLarge(position, `it is nested more than ${depthLimit} deep`));
  if (isAlias(node)) return aliasOf(node.source, { path, position }, reading);
  const read = contentOf(node, { path, position }, reading);
  if (node.anchor !== undefined) reading.anchors.set(node.anchor, read);
  return read;
}

function contentOf(node: ParsedNode, place: Place, reading: Reading): Node {
  const { path, position } = place;
  if (isMap(node)) {
    const entries = entriesOf(node, path, reading);
    return sized(
      reading,
      { kind: 'mapping', position, entries },
      [...entries.values()].map((entry) => entry.node),
    );
  }
  if (isSeq<ParsedNode>(node)) {
    const items = node.items.map((item, index) => nodeOf(item, [...path, index], reading));
    return sized(reading, { kind: 'list', position, items }, items);
  }
  return isScalar(node) ? scalarOf(node.value, node.source ?? '', place, reading) : emptyAt(position);
}

/** One broken line breaks those below it, so three places are enough. */
function distinctPlaces(errors: Document.Parsed['errors']): Document.Parsed['errors'] {
  const first = new Map([...errors.slice(0, 20)].reverse().map((error) => [error.pos[0], error]));
  return [...first.values()].reverse().slice(0, 3);
}

/** What the parser itself minds. */
function syntaxProblems(
  { errors, warnings, directives }: Document.Parsed,
  positionAt: Reading['positionAt'],
): Problem[] {
  const first = positionAt(0);
  const version = directives.yaml.explicit && directives.yaml.version !== '1.2' ? directives.yaml.version : null;
  return [
    ...(version === null ? [] : [configProblems.oldYaml(first, version)]),
    ...distinctPlaces(errors).map(({ code, message, pos: [offset] }) => {
      const position = positionAt(offset);
      if (code === 'TAB_AS_INDENT') return configProblems.tab(position);
      if (code === 'MULTIPLE_DOCS') return configProblems.severalDocuments(position);
      if (code === 'RESOURCE_EXHAUSTION') return configProblems.tooLarge(position, 'it is nested too deep');
      return configProblems.syntax(position, message);
    }),
    ...warnings.map(({ message, pos: [offset] }) =>
      configProblems.tag({ path: [], position: positionAt(offset) }, message.replace(/^Unresolved tag: /, '')),
    ),
  ];
}

/** YAML 1.2 text as a tree with positions. Keys that stand twice, anchors that are not there, tags and tabs are problems. */
export function readYaml(text: string, file: string): YamlFile {
  const counter = new LineCounter();
  const positionAt = (offset: number): Position => {
    const { line, col } = counter.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  if (text.length > characterLimit) {
    const what = `it has more than ${characterLimit / 1024} KiB`;
    return { file, root: null, problems: [configProblems.tooLarge({ file, line: 1, column: 1 }, what)] };
  }
  const options = { lineCounter: counter, prettyErrors: false, uniqueKeys: false } as const;
  const document = parseDocument(text.replace(/^\ufeff/, ''), options);
  const problems = syntaxProblems(document, positionAt);
  if (document.errors.length > 0 || document.contents === null) return { file, root: null, problems };
  return { file, ...treeOf(document.contents, { problems, anchors: new Map(), sizes: new Map(), positionAt }) };
}

function treeOf(contents: ParsedNode, reading: Reading): Pick<YamlFile, 'root' | 'problems'> {
  const { problems } = reading;
  try {
    return { root: nodeOf(contents, [], reading), problems };
  } catch (thrown) {
    if (!(thrown instanceof ProblemError)) throw thrown;
    return { root: null, problems: [...problems, ...thrown.problems] };
  }
}
