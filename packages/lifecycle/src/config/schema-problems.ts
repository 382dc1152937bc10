import { parseEnvironmentName, parseModelName } from '@model-gitops/registry';
import { z } from 'zod';
import type { Problem } from '../problem.ts';
import { keyPlaceOf, type Mapping, type Node, nodeAt, type Path, placeOf } from './node.ts';
import { configProblems, shown } from './problems.ts';

type Issue = z.core.$ZodIssue;

export function pathOfIssue({ path }: Issue): Path {
  return path.map((part) => (typeof part === 'symbol' ? String(part) : part));
}

/** Keys of the design that this version does nothing with yet: said plainly instead of "did you mean". */
const laterKeys: ReadonlySet<string> = new Set([
  'deploy', 'canary', 'monitor', 'drift', 'retrain', 'freeze', 'trusted-globals', 'publish', 'promotion',
  'custom-expectations', 'require', 'keep', 'package', 'attest',
]); // biome-ignore format: a list

const wantedTexts: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping of keys',
  record: 'a mapping of keys',
};

/** What somebody wrote, in words. */
export function kindText(node: Node | undefined): string {
  if (node === undefined || (node.kind === 'scalar' && node.value === null)) return 'nothing';
  if (node.kind !== 'scalar') return node.kind === 'list' ? 'a list' : 'a mapping';
  if (typeof node.value === 'string') return `the text ${shown(node.value)}`;
  return typeof node.value === 'number' ? `the number ${node.value}` : String(node.value);
}

function remedyFor(wanted: string | undefined, node: Node | undefined): string {
  const isWord = node?.kind === 'scalar' && node.value !== null;
  if (isWord && wanted === 'string') return `Put it in quotes: "${String(node.value)}".`;
  if (isWord && wanted === 'array') return `Write it as a list: [${String(node.value).slice(0, 40)}].`;
  return 'See "model-gitops config schema" for every key and what it takes.';
}

/** The schema at a path, inside of what is optional; of a union the mapping. */
function schemaAt(schema: z.ZodType, path: Path): z.ZodType | null {
  if (schema instanceof z.ZodExactOptional) return schemaAt(schema.unwrap() as z.ZodType, path);
  if (schema instanceof z.ZodUnion) {
    const mapping = schema.options.find((option) => option instanceof z.ZodObject);
    return mapping === undefined ? null : schemaAt(mapping, path);
  }
  const [part, ...rest] = path;
  if (part === undefined) return schema;
  if (schema instanceof z.ZodObject) {
    const below: unknown = Object.hasOwn(schema.shape, part) ? schema.shape[part] : null;
    return below === null ? null : schemaAt(below as z.ZodType, rest);
  }
  if (schema instanceof z.ZodArray) return schemaAt(schema.element as z.ZodType, rest);
  return schema instanceof z.ZodRecord ? schemaAt(schema.valueType as z.ZodType, rest) : null;
}

function keysAt(schema: z.ZodType, path: Path): readonly string[] {
  const found = schemaAt(schema, path);
  return found instanceof z.ZodObject ? Object.keys(found.shape) : [];
}

/** What was asked of a document: its schema, its tree. */
export interface Question {
  readonly schema: z.ZodType;
  readonly root: Mapping;
}

function unknownKey(key: string, path: Path, { schema, root }: Question): Problem {
  const here = [...path, key];
  const place = { path: here, position: keyPlaceOf(root, here) };
  return laterKeys.has(key) ? configProblems.keyLater(place) : configProblems.keyUnknown(place, keysAt(schema, path));
}

/** Of a gate or a parameter, which may be of several kinds. */
function unionProblems(
  issue: Issue & { readonly code: 'invalid_union' },
  path: Path,
  question: Question,
): readonly Problem[] {
  const node = nodeAt(question.root, path);
  const fitting = issue.errors.find(
    (issues) => !issues.some(({ code, path: { length } }) => code === 'invalid_type' && length === 0),
  );
  if (fitting !== undefined) return fitting.flatMap((one) => problemsOf(one, path, question));
  const takesMapping = schemaAt(question.schema, path) instanceof z.ZodObject;
  const wanted = takesMapping ? 'a condition, or a mapping with "if" and "level"' : 'text, a number, true or false';
  const place = { path, position: placeOf(question.root, path) };
  return [configProblems.type(place, wanted, kindText(node), remedyFor(takesMapping ? undefined : 'string', node))];
}

/** Names are judged by the registry, which keeps them. */
function nameProblem(text: string, path: Path, { root }: Question): Problem | null {
  const place = { path, position: keyPlaceOf(root, path) };
  const name = path.length === 1 && path[0] === 'name' ? parseModelName(text) : null;
  const environment = path.at(-2) === 'environments' ? parseEnvironmentName(text) : null;
  const [problem] = [name, environment].flatMap((read) => (read !== null && !read.ok ? read.problems : []));
  return problem === undefined ? null : configProblems.value(place, problem.message, problem.remedy);
}

function formatProblem(path: Path, message: string, question: Question): Problem {
  const node = nodeAt(question.root, path);
  const written = node?.kind === 'scalar' ? String(node.value) : '';
  const named = nameProblem(written, path, question);
  if (named !== null) return named;
  const place = { path, position: placeOf(question.root, path) };
  return configProblems.value(
    place,
    `${message}${written.trim() === '' ? '' : `, not ${shown(written)}`}`,
    remedyFor(undefined, node),
  );
}

function boundProblem(path: Path, ofNumber: string, otherwise: string, { root }: Question): Problem {
  const node = nodeAt(root, path);
  const place = { path, position: placeOf(root, path) };
  return configProblems.value(place, node?.kind === 'scalar' ? ofNumber : otherwise, remedyFor(undefined, node));
}

function keyProblem(path: Path, question: Question): Problem {
  const key = String(path.at(-1));
  const place = { path, position: keyPlaceOf(question.root, path) };
  return nameProblem(key, path, question) ?? configProblems.keyReserved(place, key);
}

function choiceProblem(values: readonly unknown[], path: Path, { root }: Question): Problem {
  const node = nodeAt(root, path);
  const place = { path, position: placeOf(root, path) };
  const known = values.map(String);
  if (node?.kind === 'scalar' && typeof node.value === 'string') return configProblems.choice(place, node.value, known);
  return configProblems.type(place, `one of ${known.join(', ')}`, kindText(node), remedyFor(undefined, node));
}

function typeProblem(expected: string, path: Path, { root }: Question): Problem {
  const node = nodeAt(root, path);
  const place = { path, position: placeOf(root, path) };
  const wanted = wantedTexts[expected] ?? expected;
  return node === undefined
    ? configProblems.missing(place, wanted)
    : configProblems.type(place, wanted, kindText(node), remedyFor(expected, node));
}

/** One thing that the schema minds, as people are told it. */
export function problemsOf(issue: Issue, base: Path, question: Question): readonly Problem[] {
  const path = [...base, ...pathOfIssue(issue)];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(key, path, question));
    case 'invalid_union':
      return unionProblems(issue, path, question);
    case 'invalid_value':
      return [choiceProblem(issue.values, path, question)];
    case 'invalid_type':
      return [typeProblem(issue.expected, path, question)];
    case 'invalid_key':
      return [keyProblem(path, question)];
    case 'invalid_format':
      return [formatProblem(path, issue.message, question)];
    case 'too_small':
      return [boundProblem(path, `This should be at least ${issue.minimum}`, 'This should not be empty', question)];
    case 'too_big':
      return [boundProblem(path, `This should be at most ${issue.maximum}`, 'This is too much', question)];
    default:
      return [boundProblem(path, issue.message, issue.message, question)];
  }
}
