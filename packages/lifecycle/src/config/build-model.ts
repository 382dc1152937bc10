import type { Problem } from '../problem.ts';
import { environmentsOf } from './environments.ts';
import { gatesOf } from './gates.ts';
import { judgeKeys } from './judge-keys.ts';
import { type Mapping, type Path, placeOf, positionsOf } from './node.ts';
import { configProblems } from './problems.ts';
import { folderOf, type Resolved, resolveFile, resolvePath } from './resolve-path.ts';
import type { ModelFile } from './schema.ts';
import type { DataInput, ModelConfig } from './types.ts';

/** A model as far as it can be told, and everything that keeps it from being one. */
export interface BuiltModel {
  readonly model: ModelConfig;
  readonly problems: readonly Problem[];
}

/** Resolves the paths of a tree, each relative to the file that names it, and keeps what is wrong with them. */
interface PathReader {
  path(at: Path, text: string): string;
  file(at: Path, text: string): string;
  paths(at: Path, texts: readonly string[] | undefined): readonly string[];
  files(at: Path, texts: readonly string[] | undefined): readonly string[];
  readonly problems: readonly Problem[];
}

function pathReader(root: Mapping): PathReader {
  const problems: Problem[] = [];
  const read = (at: Path, text: string, resolve: (text: string, folder: string) => Resolved) => {
    const position = placeOf(root, at);
    const resolved = resolve(text, folderOf(position.file));
    if ('path' in resolved) return resolved.path;
    problems.push(configProblems.path({ path: at, position }, text, resolved.flaw));
    return '';
  };
  return {
    path: (at, text) => read(at, text, resolvePath),
    file: (at, text) => read(at, text, resolveFile),
    paths: (at, texts = []) => texts.map((text, index) => read([...at, index], text, resolvePath)),
    files: (at, texts = []) => texts.map((text, index) => read([...at, index], text, resolveFile)),
    problems,
  };
}

function dataOf(written: ModelFile['data'], paths: PathReader): ModelConfig['data'] {
  const inputOf = (name: DataInput['name'], text: string): DataInput => ({
    name,
    pattern: paths.path(['data', name], text),
  });
  const { train, test, expect } = written ?? {};
  return {
    ...(train === undefined ? {} : { train: inputOf('train', train) }),
    test: test === undefined ? { name: 'test', pattern: '' } : inputOf('test', test),
    ...(expect === undefined ? {} : { expect: paths.file(['data', 'expect'], expect) }),
    parseDates: written?.['parse-dates'] ?? [],
  };
}

function featuresOf(written: ModelFile['features'], paths: PathReader): ModelConfig['features'] {
  const { sql, sensitive = [], format = 'parquet', ...rest } = written ?? {};
  return { ...rest, ...(sql === undefined ? {} : { sql: paths.file(['features', 'sql'], sql) }), sensitive, format };
}

function trainOf(written: ModelFile['train'], paths: PathReader): Pick<ModelConfig, 'train'> {
  if (written === undefined) return {};
  const { run = '', reuse = 'auto', code, locks, parameters = {}, seed, outputs } = written;
  const fileAt = (name: 'model' | 'metrics', text: string) => paths.file(['train', 'outputs', name], text);
  const { model, metrics } = outputs ?? {};
  return {
    train: {
      run,
      reuse,
      code: paths.paths(['train', 'code'], code),
      locks: paths.files(['train', 'locks'], locks),
      parameters,
      ...(seed === undefined ? {} : { seed }),
      outputs: {
        model: model === undefined ? '' : fileAt('model', model),
        ...(metrics === undefined ? {} : { metrics: fileAt('metrics', metrics) }),
      },
    },
  };
}

function evaluateOf(written: ModelFile['evaluate'], paths: PathReader): ModelConfig['evaluate'] {
  const { predictions, positive, slices = [], ...rest } = written ?? {};
  const fileOf = (text?: string) => (text === undefined ? '' : paths.file(['evaluate', 'predictions', 'file'], text));
  return {
    ...rest,
    ...(predictions === undefined ? {} : { predictions: { ...predictions, file: fileOf(predictions.file) } }),
    ...(positive === undefined ? {} : { positive: String(positive) }),
    slices,
  };
}

/** What was written, with defaults and resolved paths; `root` is the whole tree, also with what its schema did not take. */
export function buildModel(written: ModelFile, root: Mapping, file: string): BuiltModel {
  const { name = '', owner, description, license, model } = written;
  const intendedUse = written['intended-use'];
  const paths = pathReader(root);
  const config: ModelConfig = {
    name,
    file,
    folder: folderOf(file),
    ...(owner === undefined ? {} : { owner }),
    ...(description === undefined ? {} : { description }),
    ...(intendedUse === undefined ? {} : { intendedUse }),
    ...(license === undefined ? {} : { license }),
    tags: written.tags ?? [],
    data: dataOf(written.data, paths),
    features: featuresOf(written.features, paths),
    ...trainOf(written.train, paths),
    ...(model === undefined ? {} : { model: paths.file(['model'], model) }),
    evaluate: evaluateOf(written.evaluate, paths),
    gates: gatesOf(root),
    environments: environmentsOf(written.environments),
    positions: positionsOf(root),
  };
  return { model: config, problems: [...judgeKeys(written, root), ...paths.problems] };
}
