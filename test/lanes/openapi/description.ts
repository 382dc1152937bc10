import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const objectOf = (value: unknown): Json => (isObject(value) ? value : {});

/** `nullable` of OpenAPI 3.0 in the words of JSON Schema. */
function translate(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(translate);
  if (!isObject(value)) return value;
  const { nullable, ...rest } = value;
  const translated = Object.fromEntries(Object.entries(rest).map(([key, one]) => [key, translate(one)]));
  return nullable === true ? { anyOf: [translated, { type: 'null' }] } : translated;
}

const pointer = (...path: readonly string[]) =>
  path.map((part) => `/${encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('');

/** One operation that GitHub describes: `GET /repos/{owner}/{repo}/git/ref/{ref}`. */
interface Operation {
  readonly method: string;
  readonly path: string;
  readonly queries: readonly string[];
  readonly statuses: readonly string[];
}

export interface Description {
  /** The operation that a request is of; null: GitHub describes none. */
  find(method: string, path: string): Operation | null;
  /** What of a body is not as described; empty: it is. */
  checkSent(operation: Operation, body: unknown): readonly string[];
  checkAnswered(operation: Operation, status: string, body: unknown): readonly string[];
  /** Of a payload that a webhook brings. */
  checkEvent(name: string, action: string | null, payload: unknown): readonly string[];
}

interface Matcher {
  readonly operation: Operation;
  readonly pattern: RegExp;
  readonly literals: number;
}

/** These may hold slashes. */
const longParameters = new Set(['ref', 'path', 'basehead', 'branch']);

function patternOf(path: string): RegExp {
  const source = path
    .split(/(\{\w+\})/)
    .map((part) => {
      const name = /^\{(\w+)\}$/.exec(part)?.[1];
      if (name === undefined) return part.replaceAll(/[.+?^$()|[\]\\]/g, '\\$&');
      return longParameters.has(name) ? '.+' : '[^/]+';
    })
    .join('');
  return new RegExp(`^${source}$`);
}

function matchersOf(document: Json): Matcher[] {
  const parameters = objectOf(objectOf(document.components).parameters);
  const resolve = (parameter: unknown) => {
    const { $ref } = objectOf(parameter);
    return objectOf(typeof $ref === 'string' ? parameters[$ref.split('/').at(-1) ?? ''] : parameter);
  };
  return Object.entries(objectOf(document.paths)).flatMap(([path, item]) =>
    Object.entries(objectOf(item)).map(([method, told]) => {
      const { parameters: own = [], responses } = objectOf(told);
      const all = (own as readonly unknown[]).map(resolve);
      const queries = all.filter((one) => one.in === 'query').map(({ name }) => String(name));
      const operation = { method: method.toUpperCase(), path, queries, statuses: Object.keys(objectOf(responses)) };
      const literals = path.split('/').filter((part) => !part.startsWith('{')).length;
      return { operation, pattern: patternOf(path), literals };
    }),
  );
}

function follow(document: Json, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, part) => objectOf(at)[part], document);
}

/** The reference that stands in the place of a response or a request body, followed. */
function pathOf(document: Json, path: readonly string[]): readonly string[] {
  const { $ref } = objectOf(follow(document, path));
  return typeof $ref === 'string' ? $ref.slice(2).split('/') : path;
}

/** The action of a dispatch is its sender's own word: the description stands under that of an example. */
function eventKey(name: string, action: string | null): string {
  if (name === 'repository_dispatch') return 'repository-dispatch-sample.collected';
  return [name, ...(action === null ? [] : [action])].join('-').replaceAll('_', '-');
}

/** Where the description contradicts itself. */
function correct(document: Json): void {
  // a list of installations would need accounts that are a user and an enterprise at once; a single one needs either
  const list = ['paths', '/app/installations', 'get', 'responses', '200', 'content', 'application/json', 'schema'];
  Object.assign(objectOf(follow(document, list)), { items: { $ref: '#/components/schemas/installation' } });
}

function wordsOf(errors: readonly ErrorObject[] | null | undefined): string[] {
  const words = (errors ?? []).map(({ instancePath, message, params, keyword }) => {
    const allowed = keyword === 'enum' ? ` ${JSON.stringify(params)}` : '';
    return `${instancePath || '/'} ${message}${allowed}`;
  });
  return [...new Set(words)].slice(0, 12);
}

/** GitHub's own description of its REST API, ready to hold requests and answers against. */
export function readDescription(file: string): Description {
  const document = translate(JSON.parse(readFileSync(file, 'utf8'))) as Json;
  correct(document);
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false, validateFormats: true });
  addFormats.default(ajv);
  ajv.addSchema(document, 'github');
  const matchers = matchersOf(document);
  const known = new Map<string, ValidateFunction | null>();

  function validatorAt(path: readonly string[]): ValidateFunction | null {
    const where = [...pathOf(document, path), 'content', 'application/json', 'schema'];
    const key = pointer(...where);
    const made =
      known.get(key) ?? (follow(document, where) === undefined ? null : ajv.compile({ $ref: `github#${key}` }));
    known.set(key, made);
    return made;
  }
  function check(path: readonly string[], body: unknown): readonly string[] {
    const validate = validatorAt(path);
    return validate === null || validate(body) ? [] : wordsOf(validate.errors);
  }
  /** What GitHub would silently ignore: a misspelt name. */
  function unknownFields(path: readonly string[], body: unknown): string[] {
    const where = [...pathOf(document, path), 'content', 'application/json', 'schema'];
    const { properties, additionalProperties } = objectOf(follow(document, where));
    if (!isObject(properties) || !isObject(body) || additionalProperties !== undefined) return [];
    return Object.keys(body).flatMap((key) => (key in properties ? [] : [`/${key} is unknown to GitHub`]));
  }
  return {
    find(method, path) {
      const found = matchers.filter(({ operation, pattern }) => operation.method === method && pattern.test(path));
      return found.sort((left, right) => right.literals - left.literals)[0]?.operation ?? null;
    },
    checkSent({ method, path }, body) {
      const where = ['paths', path, method.toLowerCase(), 'requestBody'];
      return [...check(where, body), ...unknownFields(where, body)];
    },
    checkAnswered: ({ method, path }, status, body) =>
      check(['paths', path, method.toLowerCase(), 'responses', status], body),
    checkEvent(name, action, payload) {
      const key = eventKey(name, action);
      const where = ['x-webhooks', key, 'post', 'requestBody'];
      if (follow(document, where) === undefined) return ['GitHub knows no such event'];
      return check(where, payload);
    },
  };
}
