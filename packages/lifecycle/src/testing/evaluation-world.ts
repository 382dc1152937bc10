import type { ModelConfig } from '../config/types.ts';
import type { EvaluationPorts } from '../evaluate/evaluate-model.ts';
import type { Cell, CommandRequest, DataEngine, Tensor } from '../ports/index.ts';
import { ProblemError } from '../problem.ts';
import { memoryDisk } from './memory-artifact-store.ts';
import { type MemoryModel, memoryModelRunner } from './memory-model-runner.ts';
import { memoryWorkspace } from './memory-workspace.ts';

export type MemoryTable = Readonly<Record<string, readonly Cell[]>>;

/** A checkout in memory: files by repository-relative path, tables and models by the same. */
export interface EvaluationWorld {
  readonly tables: Map<string, MemoryTable>;
  readonly ports: EvaluationPorts;
  /** What the user's commands were asked. */
  readonly commands: CommandRequest[];
  write(path: string, content: string | Uint8Array): void;
  writeTable(path: string, table: MemoryTable): void;
  /** What `evaluate.run` does; exit code 0 unless it returns another. */
  onCommand(run: (request: CommandRequest) => number | undefined): void;
}

const root = '/repository/';
const encode = (text: string) => new TextEncoder().encode(text);

function memoryTables(tables: ReadonlyMap<string, MemoryTable>): DataEngine {
  return {
    async open(sources) {
      const tableOf = (name: string): MemoryTable => {
        const path = sources[name]?.paths[0]?.slice(root.length) ?? '';
        const table = tables.get(path);
        if (table !== undefined) return table;
        throw new ProblemError({ code: 'data-missing', message: `No table ${path}.`, remedy: 'Write it.' });
      };
      return {
        describe: async (name) => ({
          rows: Object.values(tableOf(name))[0]?.length ?? 0,
          columns: Object.keys(tableOf(name)).map((column) => ({ name: column, kind: 'other', nativeType: '' })),
        }),
        measure: async () => [],
        readColumns: async (name, columns) =>
          Object.fromEntries(columns.map((column) => [column, tableOf(name)[column] ?? []])),
        writeQuery: async () => ({ rows: 0, columns: [] }),
        close: async () => undefined,
      };
    },
  };
}

/** A world in which the clock moves by one millisecond at each look. */
export function evaluationWorld(models: Readonly<Record<string, MemoryModel>> = {}): EvaluationWorld {
  const disk = memoryDisk();
  const tables = new Map<string, MemoryTable>();
  const commands: CommandRequest[] = [];
  let run: (request: CommandRequest) => number | undefined = () => 0;
  let time = 0;
  const byPath = Object.entries(models).map(([path, model]) => [`${root}${path}`, model] as const);
  const write = (path: string, content: string | Uint8Array) =>
    void disk.files.set(`${root}${path}`, typeof content === 'string' ? encode(content) : content);
  return {
    tables,
    commands,
    write,
    writeTable(path, table) {
      tables.set(path, table);
      write(
        path,
        JSON.stringify(table, (_, cell) => (typeof cell === 'bigint' ? String(cell) : cell)),
      );
    },
    onCommand(next) {
      run = next;
    },
    ports: {
      workspace: memoryWorkspace(disk),
      engine: memoryTables(tables),
      models: memoryModelRunner(Object.fromEntries(byPath)),
      commands: {
        async run(request) {
          commands.push(request);
          return { exitCode: run(request) ?? 0, lastLines: ['last words'], seconds: 0 };
        },
      },
      host: { now: () => new Date(0), elapsedMs: () => time++, sleep: async () => undefined, random: () => 0.5 },
    },
  };
}

/** A scorer of 0/1 labels: score of 1 is the first feature, the label 1 from 0.5. */
export function thresholdModel(width = 1): MemoryModel {
  return {
    inputs: [{ name: 'features', type: 'float32', shape: [null, width] }],
    outputs: [
      { name: 'label', type: 'int64', shape: [null] },
      { name: 'probabilities', type: 'float32', shape: [null, 2] },
    ],
    compute: ({ features }: Readonly<Record<string, Tensor>>) => {
      const values = Array.from(features?.data as ArrayLike<number>, Number);
      const scores = values.filter((_, index) => index % width === 0);
      return {
        label: { type: 'int64', shape: [scores.length], data: scores.map((score) => (score >= 0.5 ? 1n : 0n)) },
        probabilities: {
          type: 'float32',
          shape: [scores.length, 2],
          data: scores.flatMap((score) => [1 - score, score]),
        },
      };
    },
  };
}

const here = { file: 'models/fraud/model.yaml', line: 1, column: 1 };

/** A model.yaml of a model `fraud` with a test table at data/test.csv and the file models/fraud/model.onnx. */
export function evaluationConfig(changes: Partial<ModelConfig> = {}): ModelConfig {
  return {
    name: 'fraud',
    file: 'models/fraud/model.yaml',
    folder: 'models/fraud',
    tags: [],
    data: { test: { name: 'test', pattern: 'data/test.csv' }, parseDates: [] },
    features: { format: 'csv', target: 'label', sensitive: [] },
    model: 'models/fraud/model.onnx',
    evaluate: { slices: [] },
    gates: [],
    environments: [
      { name: 'staging', approval: 'none' },
      { name: 'production', approval: 'pull-request', after: 'staging' },
    ],
    positions: {},
    ...changes,
  };
}

export function gate(expression: string, level: 'error' | 'warn' = 'error') {
  return { expression, level, position: here };
}
