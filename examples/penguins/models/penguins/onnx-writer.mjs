// Writes ONNX files with nothing but Node: an ONNX file is a protobuf message (onnx.proto), and protobuf is
// "field number and kind, then the value". Only what small models need.

const encoder = new TextEncoder();

/** Little-endian groups of seven bits; negative numbers as 64-bit two's complement. */
function varint(value) {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes = [];
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  return Uint8Array.from([...bytes, Number(rest)]);
}

/** Joins byte arrays. */
function join(parts) {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** A whole number: wire type 0. */
export function int(field, value) {
  return join([varint(field * 8), varint(value)]);
}

/** Bytes, a text or a nested message (an array of fields): wire type 2. */
export function bytes(field, value) {
  const content = typeof value === 'string' ? encoder.encode(value) : Array.isArray(value) ? join(value) : value;
  return join([varint(field * 8 + 2), varint(content.length), content]);
}

/** A 32-bit float: wire type 5. */
export function float(field, value) {
  return join([varint(field * 8 + 5), new Uint8Array(new Float32Array([value]).buffer)]);
}

/** TensorProto.DataType. */
export const types = { float32: 1, int64: 7, string: 8, bool: 9, float64: 11 };

const scalars = { float32: Float32Array, float64: Float64Array, int64: BigInt64Array };

/** TensorProto. Numbers go in as raw little-endian bytes, texts one by one. */
export function tensor(name, type, shape, values) {
  const dimensions = shape.map((size) => int(1, size));
  const content =
    type === 'string'
      ? values.map((text) => bytes(6, text))
      : [bytes(9, new Uint8Array(scalars[type].from(values, type === 'int64' ? BigInt : Number).buffer))];
  return [...dimensions, int(2, types[type]), ...content, bytes(8, name)];
}

/** ValueInfoProto of a tensor; a text as dimension is the name of a free one. */
export function value(name, type, shape) {
  const dimensions = shape.map((size) => bytes(1, [typeof size === 'number' ? int(1, size) : bytes(2, size)]));
  return [bytes(1, name), bytes(2, [bytes(1, [int(1, types[type]), bytes(2, dimensions)])])];
}

/** AttributeProto; the kind follows from the value: { int }, { float }, { text }, { ints }, { floats }, { texts }, { tensor }, { graph }. */
export function attribute(name, of) {
  const [[kind, content]] = Object.entries(of);
  const fields = {
    float: () => [float(2, content), int(20, 1)],
    int: () => [int(3, content), int(20, 2)],
    text: () => [bytes(4, content), int(20, 3)],
    tensor: () => [bytes(5, content), int(20, 4)],
    graph: () => [bytes(6, content), int(20, 5)],
    floats: () => [...content.map((number) => float(7, number)), int(20, 6)],
    ints: () => [...content.map((number) => int(8, number)), int(20, 7)],
    texts: () => [...content.map((text) => bytes(9, text)), int(20, 8)],
  };
  return [bytes(1, name), ...fields[kind]()];
}

/** NodeProto. */
export function node(type, inputs, outputs, attributes = {}, domain = '') {
  return [
    ...inputs.map((input) => bytes(1, input)),
    ...outputs.map((output) => bytes(2, output)),
    bytes(4, type),
    ...Object.entries(attributes).map(([name, of]) => bytes(5, attribute(name, of))),
    ...(domain === '' ? [] : [bytes(7, domain)]),
  ];
}

/** GraphProto. */
export function graph({ name = 'graph', nodes, inputs, outputs, initializers = [] }) {
  return [
    ...nodes.map((one) => bytes(1, one)),
    bytes(2, name),
    ...initializers.map((one) => bytes(5, one)),
    ...inputs.map((one) => bytes(11, one)),
    ...outputs.map((one) => bytes(12, one)),
  ];
}

/** ModelProto, as the bytes of a file. `operatorSets` is domain -> version; '' is ONNX itself. */
export function model({ producer = 'onnx-writer', operatorSets = { '': 17 }, irVersion = 8, ...content }) {
  return join([
    int(1, irVersion),
    bytes(2, producer),
    bytes(7, graph(content)),
    ...Object.entries(operatorSets).map(([domain, version]) => bytes(8, [bytes(1, domain), int(2, version)])),
  ]);
}

/**
 * A softmax regression over standardised columns: (features - mean) / deviation, times weights, plus bias; the label
 * with the highest probability. Input `features` float32 [N, k]; outputs `label` and `probabilities` [N, classes].
 */
export function softmaxRegression({ mean, deviation, weights, bias, labels }) {
  const columns = mean.length;
  const isText = labels.every((label) => typeof label === 'string');
  const labelType = isText ? 'string' : 'int64';
  return model({
    producer: 'penguins',
    nodes: [
      node('Sub', ['features', 'mean'], ['centred']),
      node('Div', ['centred', 'deviation'], ['standard']),
      node('MatMul', ['standard', 'weights'], ['products']),
      node('Add', ['products', 'bias'], ['logits']),
      node('Softmax', ['logits'], ['probabilities'], { axis: { int: 1 } }),
      node('ArgMax', ['probabilities'], ['index'], { axis: { int: 1 }, keepdims: { int: 0 } }),
      node('Gather', ['labels', 'index'], ['label']),
    ],
    initializers: [
      tensor('mean', 'float32', [columns], mean),
      tensor('deviation', 'float32', [columns], deviation),
      tensor('weights', 'float32', [columns, labels.length], weights.flat()),
      tensor('bias', 'float32', [labels.length], bias),
      tensor('labels', labelType, [labels.length], labels),
    ],
    inputs: [value('features', 'float32', ['N', columns])],
    outputs: [value('label', labelType, ['N']), value('probabilities', 'float32', ['N', labels.length])],
  });
}
