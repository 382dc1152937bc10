/** The example's plain JavaScript writer of ONNX files, as the tests use it. */
declare module '*/onnx-writer.mjs' {
  type Fields = Uint8Array[];
  type Attribute = Readonly<Record<string, unknown>>;
  export function int(field: number, value: number): Uint8Array;
  export function float(field: number, value: number): Uint8Array;
  export function bytes(field: number, value: string | Uint8Array | Fields): Uint8Array;
  export function tensor(
    name: string,
    type: string,
    shape: readonly number[],
    values: readonly (number | string)[],
  ): Fields;
  export function value(name: string, type: string, shape: readonly (number | string)[]): Fields;
  export function node(
    type: string,
    inputs: readonly string[],
    outputs: readonly string[],
    attributes?: Readonly<Record<string, Attribute>>,
    domain?: string,
  ): Fields;
  export function graph(content: GraphContent): Fields;
  export function model(
    content: GraphContent & { producer?: string; irVersion?: number; operatorSets?: Readonly<Record<string, number>> },
  ): Uint8Array;
  export function softmaxRegression(parameters: {
    mean: readonly number[];
    deviation: readonly number[];
    weights: readonly (readonly number[])[];
    bias: readonly number[];
    labels: readonly (string | number)[];
  }): Uint8Array;
  interface GraphContent {
    name?: string;
    nodes: readonly Fields[];
    inputs: readonly Fields[];
    outputs: readonly Fields[];
    initializers?: readonly Fields[];
  }
}
