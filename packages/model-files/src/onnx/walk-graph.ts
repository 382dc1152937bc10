import { type Field, fieldsOf, integerOf, messagesOf, textOf } from './wire.ts';

/** A tensor whose bytes are said to lie in another file. */
export interface ExternalTensor {
  readonly tensor: string;
  /** Each `location` that is named, in order; a well-formed tensor has one. */
  readonly locations: readonly string[];
  /** All keys of its external_data entries, in order. */
  readonly keys: readonly string[];
}

export interface Operator {
  /** '' is the standard ONNX domain. */
  readonly domain: string;
  readonly type: string;
}

/** What a walk through all graphs, subgraphs and attributes has met. */
export interface GraphFacts {
  readonly operators: Operator[];
  readonly external: ExternalTensor[];
}

/** Deeper nesting of subgraphs than any exporter writes; a bound on the walk's stack. */
const maximumDepth = 32;

function walkTensor(bytes: Uint8Array, found: GraphFacts): void {
  const fields = [...fieldsOf(bytes)];
  const entries = messagesOf(fields, 13).map((entry) => [...fieldsOf(entry)]);
  if (entries.length === 0 && integerOf(fields, 14) !== 1n) return;
  const keyed = entries.map((entry) => ({ key: textOf(entry, 1), value: textOf(entry, 2) }));
  found.external.push({
    tensor: textOf(fields, 8),
    locations: keyed.filter(({ key }) => key === 'location').map(({ value }) => value),
    keys: keyed.map(({ key }) => key),
  });
}

function walkSparse(bytes: Uint8Array, found: GraphFacts): void {
  const fields = [...fieldsOf(bytes)];
  for (const tensor of [...messagesOf(fields, 1), ...messagesOf(fields, 2)]) walkTensor(tensor, found);
}

/** Attributes carry tensors (`Constant`) and whole graphs (`If`, `Loop`, `Scan`): the places where scanners forget to look. */
function walkAttribute(bytes: Uint8Array, found: GraphFacts, depth: number): void {
  const fields = [...fieldsOf(bytes)];
  for (const tensor of [...messagesOf(fields, 5), ...messagesOf(fields, 10)]) walkTensor(tensor, found);
  for (const sparse of [...messagesOf(fields, 22), ...messagesOf(fields, 23)]) walkSparse(sparse, found);
  for (const graph of [...messagesOf(fields, 6), ...messagesOf(fields, 11)])
    walkGraph([...fieldsOf(graph)], found, depth + 1);
}

/** A NodeProto. */
export function walkNode(bytes: Uint8Array, found: GraphFacts, depth: number): void {
  const fields = [...fieldsOf(bytes)];
  found.operators.push({ domain: textOf(fields, 7), type: textOf(fields, 4) });
  for (const attribute of messagesOf(fields, 5)) walkAttribute(attribute, found, depth);
}

/** The fields of a GraphProto: nodes, initializers dense and sparse, and whatever they hold. Throws on damaged bytes. */
export function walkGraph(fields: readonly Field[], found: GraphFacts, depth: number): void {
  if (depth > maximumDepth) throw new RangeError(`graphs nested deeper than ${maximumDepth}`);
  for (const node of messagesOf(fields, 1)) walkNode(node, found, depth);
  for (const tensor of messagesOf(fields, 5)) walkTensor(tensor, found);
  for (const sparse of messagesOf(fields, 15)) walkSparse(sparse, found);
}

/** Names of the dense and sparse initializers: old exporters list them among the inputs. */
export function initializerNames(fields: readonly Field[]): ReadonlySet<string> {
  const dense = messagesOf(fields, 5).map((tensor) => textOf([...fieldsOf(tensor)], 8));
  const sparse = messagesOf(fields, 15).map((tensor) => {
    const values = messagesOf([...fieldsOf(tensor)], 1).at(-1);
    return values === undefined ? '' : textOf([...fieldsOf(values)], 8);
  });
  return new Set([...dense, ...sparse]);
}
