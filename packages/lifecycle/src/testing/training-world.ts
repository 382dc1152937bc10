import type { ModelConfig } from '../config/types.ts';
import type { FeaturesDocument } from '../documents.ts';
import { engineerFeatures } from '../features/index.ts';
import { readHandover, writeHandover } from '../handover.ts';
import type { Cell, CommandRequest, DataEngine, TableDescription } from '../ports/index.ts';
import { ProblemError } from '../problem.ts';
import { type RunLedger, runLedger } from '../registry/index.ts';
import { type TrainPorts, type TrainRequest, trainModel } from '../train/index.ts';
import { evaluationConfig } from './evaluation-world.ts';
import { type MemoryDisk, memoryArtifactStore, memoryDisk } from './memory-artifact-store.ts';
import { memoryWorkspace } from './memory-workspace.ts';
import { type RegistryWorld, registryWorld } from './registry-world.ts';

const root = '/repository/';
const encode = (text: string) => new TextEncoder().encode(text);

type Rows = readonly (readonly string[])[];

function rowsOf({ files }: MemoryDisk, paths: readonly string[]): { names: readonly string[]; rows: Rows } {
  const tables = paths.map((path) => new TextDecoder().decode(files.get(path)).trim().split('\n'));
  const names = tables[0]?.[0]?.split(',') ?? [];
  return { names, rows: tables.flatMap(([, ...lines]) => lines.map((line) => line.split(','))) };
}

function described(names: readonly string[], rows: Rows): TableDescription {
  const isNumber = (index: number) => rows.every((row) => Number.isFinite(Number(row[index])));
  const columns = names.map((name, index) =>
    isNumber(index)
      ? ({ name, kind: 'number', nativeType: 'DOUBLE' } as const)
      : ({ name, kind: 'text', nativeType: 'VARCHAR' } as const),
  );
  return { rows: rows.length, columns };
}

/** Reads CSV without quotes; of SQL it knows `SELECT <columns> FROM input`, with `WHERE false` for no rows. */
function memoryEngine(disk: MemoryDisk): DataEngine {
  return {
    async open(sources) {
      const table = (name: string) => rowsOf(disk, sources[name]?.paths ?? []);
      return {
        async describe(name) {
          const { names, rows } = table(name);
          return described(names, rows);
        },
        measure: async () => [],
        readColumns: async () => ({}) as Readonly<Record<string, readonly Cell[]>>,
        async writeQuery({ sql, to }) {
          const { names, rows } = table('input');
          const [, list, none] = /^SELECT (.*) FROM input( WHERE false)?\s*$/.exec(sql) ?? [];
          const wanted = list === '*' ? names : (list?.split(', ') ?? ['']);
          const unknown = wanted.find((name) => !names.includes(name));
          if (unknown !== undefined) {
            disk.files.set(to, encode('half'));
            throw new ProblemError({
              code: 'sql-failed',
              message: `No column ${unknown}.`,
              remedy: 'Correct the SQL.',
            });
          }
          const kept = none === undefined ? rows : [];
          const picked = kept.map((row) => wanted.map((name) => row[names.indexOf(name)] ?? ''));
          disk.files.set(to, encode([wanted, ...picked].map((row) => `${row.join(',')}\n`).join('')));
          return described(wanted, picked);
        },
        close: async () => undefined,
      };
    },
  };
}

export interface TrainingWorld {
  readonly disk: MemoryDisk;
  readonly registry: RegistryWorld;
  readonly runs: RunLedger;
  readonly ports: TrainPorts & { readonly engine: DataEngine };
  /** What the user's commands were asked, without questions for versions. */
  readonly asked: CommandRequest[];
  /** Everything that was said while a command ran. */
  readonly said: string[];
  write(path: string, text: string): void;
  text(path: string): string | null;
  /** What a command does; exit code 0 unless it returns another. */
  onCommand(run: (request: CommandRequest) => number | undefined): void;
  /** The features step, handed over. */
  makeFeatures(config: ModelConfig, reuse?: 'auto' | 'never'): Promise<FeaturesDocument>;
  train(
    config: ModelConfig,
    changes?: Partial<TrainRequest>,
    ports?: Partial<TrainPorts>,
  ): ReturnType<typeof trainModel>;
}

const answers: Readonly<Record<string, string>> = { 'python --version': 'Python 3.13.1', 'uname -sm': 'Linux x86_64' };

/** A checkout with a training script that writes a pickle made of its seed and its rows. */
export async function trainingWorld(): Promise<TrainingWorld> {
  const disk = memoryDisk();
  const registry = await registryWorld();
  const workspace = memoryWorkspace(disk);
  const asked: CommandRequest[] = [];
  const said: string[] = [];
  const write = (path: string, text: string) => void disk.files.set(root + path, encode(text));
  const text = (path: string) => {
    const bytes = disk.files.get(path.startsWith(root) ? path : root + path);
    return bytes === undefined ? null : new TextDecoder().decode(bytes);
  };
  let run = (request: CommandRequest): number | undefined => {
    const rows = text(request.env.MODEL_GITOPS_TRAIN ?? '')?.length ?? 0;
    write('models/fraud/model.pkl', `\u0080\u0004 seed ${request.env.MODEL_GITOPS_SEED} rows ${rows}`);
    write('models/fraud/metrics.json', '{"loss": 0.25, "lift": "Infinity"}');
    return 0;
  };
  const commands: TrainPorts['commands'] = {
    async run(request) {
      const answer = answers[request.command];
      if (answer !== undefined) return { exitCode: 0, lastLines: [answer], seconds: 0 };
      asked.push(request);
      request.onLine?.('at work');
      return { exitCode: run(request) ?? 0, lastLines: ['last words'], seconds: 2 };
    },
  };
  const runs = runLedger(registry);
  const store = memoryArtifactStore(disk);
  const ports = {
    workspace,
    engine: memoryEngine(disk),
    commands,
    store,
    runs,
    onLine: (line: string) => void said.push(line),
  };
  write('data/train.csv', 'id,amount,label\n1,0.5,a\n2,0.7,b\n');
  write('data/test.csv', 'id,amount,label\n3,0.1,a\n4,0.9,b\n');
  write('models/fraud/train.py', 'fit()\n');
  write('requirements.txt', 'numpy==2.3.0\n');
  return {
    disk,
    registry,
    runs,
    ports,
    asked,
    said,
    write,
    text,
    onCommand(next) {
      run = next;
    },
    async makeFeatures(config, reuse = 'auto') {
      const document = await engineerFeatures({ config, reuse }, ports);
      await writeHandover(workspace, config.name, 'features', document);
      return document;
    },
    async train(config, changes = {}, others = {}) {
      const features = await readHandover(workspace, config.name, 'features');
      const commit = { head: registry.head, dirty: [] };
      const request = { config, reuse: 'auto', seed: null, commit, workflowRun: null, features, ...changes } as const;
      return trainModel(request, { ...ports, ...others });
    },
  };
}

type Train = NonNullable<ModelConfig['train']>;

/** A model `fraud` that is trained by `python train.py` on data/train.csv. */
export function trainingConfig({
  train,
  ...changes
}: Partial<Omit<ModelConfig, 'train'>> & { readonly train?: Partial<Train> } = {}): ModelConfig {
  const { model: _, ...config } = evaluationConfig();
  return {
    ...config,
    data: {
      train: { name: 'train', pattern: 'data/train.csv' },
      test: { name: 'test', pattern: 'data/test.csv' },
      parseDates: [],
    },
    ...changes,
    train: {
      run: 'python train.py',
      reuse: 'auto',
      code: ['models/fraud/*.py'],
      locks: ['requirements.txt'],
      parameters: { depth: 3 },
      seed: 7,
      outputs: { model: 'models/fraud/model.pkl', metrics: 'models/fraud/metrics.json' },
      ...train,
    },
  };
}
