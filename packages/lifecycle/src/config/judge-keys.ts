import { parseModelName } from '@model-gitops/registry';
import type { Problem } from '../problem.ts';
import { environmentProblems, environmentsOf } from './environments.ts';
import { gateProblems } from './gates.ts';
import { type Mapping, nodeAt, type Path, placeOf } from './node.ts';
import { configProblems } from './problems.ts';
import type { ModelFile } from './schema.ts';

/** Keys that nothing can stand in for, and what they are; each only where what it belongs to is there. */
const required: readonly { readonly path: Path; readonly under: Path; readonly what: string }[] = [
  { path: ['name'], under: [], what: 'the name by which the model is registered' },
  { path: ['data', 'test'], under: [], what: 'the table that the model is evaluated on' },
  { path: ['train', 'run'], under: ['train'], what: 'the command that trains' },
  { path: ['train', 'outputs', 'model'], under: ['train'], what: 'the file that the command writes the model to' },
  { path: ['evaluate', 'predictions', 'file'], under: ['evaluate', 'predictions'], what: 'the table of predictions' },
];

/** Nothing is said of what is inside of something that is no mapping: that is wrong already. */
function missingKeys(root: Mapping): readonly Problem[] {
  return required.flatMap(({ path, under, what }) => {
    const parents = path.slice(0, -1).map((_, index) => nodeAt(root, path.slice(0, index + 1)));
    const isOpen = parents.every((node) => node === undefined || node.kind === 'mapping');
    if (!isOpen || nodeAt(root, under) === undefined || nodeAt(root, path) !== undefined) return [];
    return [configProblems.missing({ path, position: placeOf(root, path) }, what)];
  });
}

function contradictions(root: Mapping): readonly Problem[] {
  const has = (...path: Path) => nodeAt(root, path) !== undefined;
  const placeAt = (...path: Path) => ({ path, position: placeOf(root, path) });
  return [
    ...(has('train') || has('model') ? [] : [configProblems.neither(placeAt())]),
    ...(has('train') && has('model') ? [configProblems.both(placeAt('model'), 'train')] : []),
    ...(has('features', 'sql') && has('features', 'run')
      ? [configProblems.both(placeAt('features', 'run'), 'sql')]
      : []),
  ];
}

function leaks({ features }: ModelFile, root: Mapping): readonly Problem[] {
  const { target, columns = [] } = features ?? {};
  const index = target === undefined ? -1 : columns.indexOf(target);
  const path = ['features', 'columns', index];
  return index < 0 ? [] : [configProblems.targetAsFeature({ path, position: placeOf(root, path) }, target ?? '')];
}

function nameProblems({ name }: ModelFile, root: Mapping): readonly Problem[] {
  const read = name === undefined ? null : parseModelName(name);
  if (read === null || read.ok) return [];
  const place = { path: ['name'], position: placeOf(root, ['name']) };
  return read.problems.map(({ message, remedy }) => configProblems.value(place, message, remedy));
}

function environmentNames({ environments }: ModelFile, root: Mapping): readonly string[] {
  const written = nodeAt(root, ['environments']);
  return written?.kind === 'mapping'
    ? [...written.entries.keys()]
    : environmentsOf(environments).map(({ name }) => name);
}

/** What keys demand of each other, which no schema says: `written` is what the schema took, `root` everything that is there. */
export function judgeKeys(written: ModelFile, root: Mapping): readonly Problem[] {
  return [
    ...missingKeys(root),
    ...contradictions(root),
    ...nameProblems(written, root),
    ...leaks(written, root),
    ...environmentProblems(written.environments, root),
    ...gateProblems(root, environmentNames(written, root)),
  ];
}
