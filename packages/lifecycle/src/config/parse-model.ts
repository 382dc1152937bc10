import { type Problem, ProblemError } from '../problem.ts';
import { buildModel } from './build-model.ts';
import { checkSchema } from './check-schema.ts';
import { keyPlaceOf, type Mapping, mergeOver, nodeAt } from './node.ts';
import { configProblems } from './problems.ts';
import { readYaml } from './read-yaml.ts';
import { folderOf } from './resolve-path.ts';
import { ModelFile } from './schema.ts';
import { kindText } from './schema-problems.ts';
import type { ModelConfig, Position } from './types.ts';

/** A model.yaml that was read: the model where nothing is wrong with it. */
export interface ReadModel {
  readonly file: string;
  readonly model: ModelConfig | null;
  /** What it is called, also where something else is wrong. */
  readonly name: { readonly text: string; readonly position: Position } | null;
  readonly problems: readonly Problem[];
}

/** The mapping that a file holds, or why it holds none. */
export function mappingOf(
  text: string,
  file: string,
): { readonly root: Mapping | null; readonly problems: readonly Problem[] } {
  const { root, problems } = readYaml(text, file);
  if (root === null || root.kind === 'mapping') return { root, problems };
  const found = root.kind === 'scalar' && root.value === null ? null : kindText(root);
  return {
    root: null,
    problems: found === null ? problems : [...problems, configProblems.notMapping(root.position, found)],
  };
}

/** As somebody reads the files. */
export function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const placeOf = ({ file = '', line = 0, column = 0 }: Problem) => [file, line, column] as const;
  return [...problems].sort((a, b) => {
    const [file, line, column] = placeOf(a);
    const [otherFile, otherLine, otherColumn] = placeOf(b);
    if (file !== otherFile) return file < otherFile ? -1 : 1;
    return line - otherLine || column - otherColumn;
  });
}

function nameOf(root: Mapping): ReadModel['name'] {
  const node = nodeAt(root, ['name']);
  const isText = node?.kind === 'scalar' && typeof node.value === 'string';
  return isText ? { text: String(node.value), position: keyPlaceOf(root, ['name']) } : null;
}

/** Reads a model.yaml over what `defaults:` of the repository say. Never throws for what is written. */
export function readModel(text: string, file: string, defaults: Mapping | null): ReadModel {
  const { root: written, problems } = mappingOf(text, file);
  if (written === null)
    return { file, model: null, name: null, problems: problems.length === 0 ? [configProblems.empty(file)] : problems };
  const root = defaults === null ? written : mergeOver(defaults, written);
  const checked = checkSchema(ModelFile, root);
  const built = buildModel(checked.value, root, file);
  const odd = /[*?[\]{}()!+@\\]/.test(folderOf(file)) ? [configProblems.folder(file)] : [];
  const all = inOrder([...problems, ...odd, ...checked.problems, ...built.problems]);
  return { file, name: nameOf(root), model: all.length === 0 ? built.model : null, problems: all };
}

/** One model.yaml by itself. Throws all of its problems together. */
export function parseModelConfig(text: string, file: string): ModelConfig {
  const { model, problems } = readModel(text, file, null);
  if (model === null) throw new ProblemError(problems);
  return model;
}
