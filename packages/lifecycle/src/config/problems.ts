import { nearestName } from '../nearest-name.ts';
import type { Problem } from '../problem.ts';
import { type Path, pathText } from './node.ts';
import type { Position } from './types.ts';

/** Text of a file as a message may show it. */
export function shown(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}

function meant(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? '' : `; did you mean "${nearest}"?`;
}

function sentence(text: string): string {
  return /[.?]$/.test(text) ? text : `${text}.`;
}

/** A problem at a path of a file: `gates[1]: …`. */
function about(path: Path, position: Position, problem: Problem): Problem {
  const { file, line, column } = position;
  const subject = path.length === 0 ? '' : `${pathText(path)}: `;
  return { ...problem, message: `${subject}${sentence(problem.message)}`, file, line, column };
}

/** Where in a file, and at which path of it. */
export interface Place {
  readonly path: Path;
  readonly position: Position;
}

/** What configuration can get wrong, in one table. */
export const configProblems = {
  syntax: (position: Position, why: string): Problem =>
    about([], position, {
      code: 'config-syntax',
      message: `This is no YAML that can be read: ${why}`,
      remedy: 'Correct the line; an editor that knows YAML shows it as well.',
    }),
  tab: (position: Position): Problem =>
    about([], position, {
      code: 'config-syntax',
      message: 'This line is indented by a tab, which YAML does not take',
      remedy: 'Indent by spaces.',
    }),
  severalDocuments: (position: Position): Problem =>
    about([], position, {
      code: 'config-syntax',
      message: 'A second document begins here, after "---"',
      remedy: 'Write one document a file.',
    }),
  oldYaml: (position: Position, version: string): Problem =>
    about([], position, {
      code: 'config-syntax',
      message: `The file asks for YAML ${version}, in which words such as "yes" and "on" mean something else`,
      remedy: 'Delete the line %YAML; files are read as YAML 1.2.',
    }),
  tooLarge: (position: Position, what: string): Problem =>
    about([], position, {
      code: 'config-too-large',
      message: `This is larger than configuration is: ${what}`,
      remedy: 'Keep data and parameters by the thousand in files of their own and name those.',
    }),
  empty: (file: string): Problem =>
    about([], { file, line: 1, column: 1 }, {
      code: 'config-empty',
      message: 'The file is empty',
      remedy: 'The smallest one has: name, data.test, train or model, gates.',
    }), // biome-ignore format: a table
  notMapping: (position: Position, found: string): Problem =>
    about([], position, {
      code: 'config-not-a-mapping',
      message: `The file should hold keys with values, not ${found}`,
      remedy: 'Begin with a line such as "name: fraud".',
    }),
  anchor: ({ path, position }: Place, name: string): Problem =>
    about(path, position, {
      code: 'config-anchor',
      message: `No "&${name}" was written before "*${name}"`,
      remedy: 'Write the anchor above, or the value itself.',
    }),
  tag: ({ path, position }: Place, tag: string): Problem =>
    about(path, position, {
      code: 'config-tag',
      message: `The tag ${shown(tag)} means nothing here`,
      remedy: 'Write the value without a tag.',
    }),
  keyNotText: ({ path, position }: Place): Problem =>
    about(path, position, {
      code: 'config-key',
      message: 'A key here is no word',
      remedy: 'Write keys as words, such as "name".',
    }),
  keyReserved: ({ path, position }: Place, key: string): Problem =>
    about(path, position, {
      code: 'config-key',
      message: `${shown(key)} cannot be a key`,
      remedy: 'Take another name.',
    }),
  mergeKey: ({ path, position }: Place): Problem =>
    about(path, position, {
      code: 'config-key-unknown',
      message: '"<<" merges nothing: that was YAML 1.1',
      remedy: 'Write the keys themselves, or put them under "defaults:" in .github/model-gitops.yml.',
    }),
  keyTwice: ({ path, position }: Place, first: number): Problem =>
    about(path, position, {
      code: 'config-key-twice',
      message: `This key stands here a second time; the first is in line ${first}`,
      remedy: 'Keep one of them.',
    }),
  keyUnknown: ({ path, position }: Place, known: readonly string[]): Problem =>
    about(path, position, {
      code: 'config-key-unknown',
      message: `There is no such key${meant(String(path.at(-1)), known)}`,
      remedy: `Keys here: ${known.join(', ')}.`,
    }),
  keyLater: ({ path, position }: Place): Problem =>
    about(path, position, {
      code: 'config-key-unknown',
      message: 'This version does not know this key, and nothing would come of it',
      remedy: 'Leave it out until a version that has it.',
    }),
  numberInexact: ({ path, position }: Place, text: string): Problem =>
    about(path, position, {
      code: 'config-value',
      message: `The number ${text.slice(0, 40)} is too large to be kept exactly`,
      remedy: 'Put it in quotes if it is a name, or take a smaller one.',
    }),
  type: ({ path, position }: Place, wanted: string, found: string, remedy: string): Problem =>
    about(path, position, { code: 'config-type', message: `This should be ${wanted}, not ${found}`, remedy }),
  value: ({ path, position }: Place, why: string, remedy: string): Problem =>
    about(path, position, { code: 'config-value', message: why, remedy }),
  choice: ({ path, position }: Place, found: string, known: readonly string[]): Problem =>
    about(path, position, {
      code: 'config-value',
      message: `${shown(found)} is not one of ${known.join(', ')}${meant(found, known)}`,
      remedy: `Write one of: ${known.join(', ')}.`,
    }),
  missing: ({ path, position }: Place, what: string): Problem =>
    about(path, position, { code: 'config-missing', message: `This is missing: ${what}`, remedy: `Add "${pathText(path)}".` }), // biome-ignore format: a table
  neither: ({ position }: Place): Problem =>
    about([], position, {
      code: 'config-missing',
      message: 'Neither "train" nor "model" is there, so there is no model',
      remedy: 'Add "train: { run: …, outputs: { model: … } }", or "model: <file>" for a file that exists.',
    }),
  both: ({ path, position }: Place, other: string): Problem =>
    about(path, position, {
      code: 'config-both',
      message: `"${other}" is there too, and only one of them can count`,
      remedy: 'Keep one of them.',
    }),
  path: ({ path, position }: Place, text: string, flaw: string): Problem =>
    about(path, position, {
      code: 'config-path',
      message: `${shown(text)} ${flaw}`,
      remedy: 'Write it relative to this file with "/", or from the root of the repository with a leading "/".',
    }),
  folder: (file: string): Problem =>
    about([], { file, line: 1, column: 1 }, {
      code: 'config-folder',
      message: `The folder of ${shown(file)} has one of * ? [ ] { } ( ) ! + @ \\ in its name, which globs read as a pattern`,
      remedy: 'Rename the folder.',
    }), // biome-ignore format: a table
  afterUnknown: ({ path, position }: Place, after: string, known: readonly string[]): Problem =>
    about(path, position, {
      code: 'config-environment',
      message: `There is no environment ${shown(after)}${meant(after, known)}`,
      remedy: `Environments: ${known.join(', ')}.`,
    }),
  afterCircle: ({ path, position }: Place, circle: readonly string[]): Problem =>
    about(path, position, {
      code: 'config-environment',
      message: `No version could ever get there: ${circle.join(' comes after ')}`,
      remedy: 'Take "after" away from one of them.',
    }),
  soakAlone: ({ path, position }: Place): Problem =>
    about(path, position, {
      code: 'config-environment',
      message: 'A soak is the time in the environment before, and "after" names none',
      remedy: 'Add "after: <environment>".',
    }),
  targetAsFeature: ({ path, position }: Place, target: string): Problem =>
    about(path, position, {
      code: 'config-target-leak',
      message: `${shown(target)} is the target; a model that is given the answer predicts it well`,
      remedy: 'Take it out of "features.columns".',
    }),
  nameTwice: (position: Position, name: string, others: readonly string[]): Problem =>
    about(['name'], position, {
      code: 'config-name-twice',
      message: `Another model is named ${shown(name)} too: ${others.join(', ')}`,
      remedy: 'Give each model a name of its own.',
    }),
  outputTwice: (key: readonly string[], position: Position, path: string, others: readonly string[]): Problem =>
    about(key, position, {
      code: 'config-output-twice',
      message: `${shown(path)} is written by another model too: ${others.join(', ')}`,
      remedy: 'Give each model files of its own: the later one would overwrite the earlier.',
    }),
  fileMissing: (file: string): Problem => ({
    code: 'file-missing',
    message: `There is no file ${shown(file)} in this repository.`,
    remedy: 'Name a model.yaml, or nothing to check all.',
    file,
  }),
  noModels: (globs: readonly string[]): Problem => ({
    code: 'no-models',
    message: `No model.yaml was found at ${globs.join(', ')}.`,
    remedy: 'Write models/<name>/model.yaml, or name others under "models:" in .github/model-gitops.yml.',
  }),
};
