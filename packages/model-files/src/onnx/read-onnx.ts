import type { Read } from '../parsed.ts';
import { fileProblems } from '../problems.ts';
import { type OnnxValue, readValueInfo } from './value-info.ts';
import {
  type ExternalTensor,
  type GraphFacts,
  initializerNames,
  type Operator,
  walkGraph,
  walkNode,
} from './walk-graph.ts';
import { type Field, fieldsOf, integerOf, messagesOf, textOf } from './wire.ts';

export interface OperatorSet {
  /** '' is the standard ONNX domain. */
  readonly domain: string;
  readonly version: number;
}

/** What an ONNX file says of itself. No weight is read. */
export interface OnnxModel {
  readonly irVersion: number;
  readonly producer: { readonly name: string; readonly version: string };
  readonly operatorSets: readonly OperatorSet[];
  /** Of the main graph; initializers that old exporters list among the inputs are left out. */
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  /** Distinct operators of every graph, subgraph and model-local function, sorted. */
  readonly operators: readonly Operator[];
  /** Model-local functions: their bodies are in the file and were walked. */
  readonly functions: readonly Operator[];
  readonly externalData: readonly ExternalTensor[];
  /** Numbers of top-level fields that ModelProto does not have: appended or smuggled bytes. */
  readonly unknownFields: readonly number[];
}

/** ModelProto of onnx.proto (IR version 13). */
const knownFields = new Set([1, 2, 3, 4, 5, 6, 7, 8, 14, 20, 25, 26]);

function distinct(operators: readonly Operator[]): readonly Operator[] {
  const byName = new Map(operators.map((operator) => [`${operator.domain}\u0000${operator.type}`, operator]));
  return [...byName.keys()].sort().flatMap((key) => byName.get(key) ?? []);
}

function readOperatorSet(bytes: Uint8Array): OperatorSet {
  const fields = [...fieldsOf(bytes)];
  return { domain: textOf(fields, 1), version: Number(integerOf(fields, 2) ?? 0n) };
}

function walkFunction(bytes: Uint8Array, found: GraphFacts): Operator {
  const fields = [...fieldsOf(bytes)];
  for (const node of messagesOf(fields, 7)) walkNode(node, found, 1);
  return { domain: textOf(fields, 10), type: textOf(fields, 1) };
}

/** TrainingInfoProto: initialization and algorithm are graphs of their own. */
function walkTraining(bytes: Uint8Array, found: GraphFacts): void {
  const fields = [...fieldsOf(bytes)];
  for (const graph of [...messagesOf(fields, 1), ...messagesOf(fields, 2)]) walkGraph([...fieldsOf(graph)], found, 1);
}

function readModel(fields: readonly Field[]): OnnxModel | string {
  const irVersion = integerOf(fields, 1);
  if (irVersion === null) return 'it names no IR version';
  const graphs = messagesOf(fields, 7);
  if (graphs.length !== 1) return `it has ${graphs.length === 0 ? 'no graph' : `${graphs.length} graphs`}`;
  // Written after the graph by every serializer: a file cut off behind its graph lacks it.
  const operatorSets = messagesOf(fields, 8).map(readOperatorSet);
  if (operatorSets.length === 0) return 'it imports no operator set; the file may be cut off';
  const graph = [...fieldsOf(graphs[0] ?? new Uint8Array())];
  const outputs = messagesOf(graph, 12).map(readValueInfo);
  if (outputs.length === 0) return 'its graph has no output';
  return describe(fields, graph, { irVersion, operatorSets, outputs });
}

function describe(
  fields: readonly Field[],
  graph: readonly Field[],
  known: { readonly irVersion: bigint } & Pick<OnnxModel, 'operatorSets' | 'outputs'>,
): OnnxModel {
  const found: GraphFacts = { operators: [], external: [] };
  walkGraph(graph, found, 0);
  const functions = messagesOf(fields, 25).map((bytes) => walkFunction(bytes, found));
  for (const training of messagesOf(fields, 20)) walkTraining(training, found);
  const initializers = initializerNames(graph);
  return {
    irVersion: Number(known.irVersion),
    producer: { name: textOf(fields, 2), version: textOf(fields, 3) },
    operatorSets: known.operatorSets,
    inputs: messagesOf(graph, 11)
      .map(readValueInfo)
      .filter(({ name }) => !initializers.has(name)),
    outputs: known.outputs,
    operators: distinct(found.operators),
    functions,
    externalData: found.external,
    unknownFields: fields.map(({ number }) => number).filter((number) => !knownFields.has(number)),
  };
}

/**
 * Reads the facts of an ONNX file; problem `onnx-damaged` for bytes that are no whole model.
 * Fields are read off the wire (@bufbuild/protobuf's BinaryReader) rather than by classes generated from onnx.proto:
 * a generated reader expands every packed weight into a JavaScript number and hides which fields a file repeats.
 */
export function readOnnx(bytes: Uint8Array): Read<OnnxModel> {
  try {
    const model = readModel([...fieldsOf(bytes)]);
    return typeof model === 'string'
      ? { ok: false, problem: fileProblems.onnxDamaged(model) }
      : { ok: true, value: model };
  } catch (error) {
    return { ok: false, problem: fileProblems.onnxDamaged(error instanceof Error ? error.message : String(error)) };
  }
}
