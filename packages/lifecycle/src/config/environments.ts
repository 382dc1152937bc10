import { defaultPolicies, parseEnvironmentName } from '@model-gitops/registry';
import type { Problem } from '../problem.ts';
import { keyPlaceOf, type Mapping, type Path, placeOf } from './node.ts';
import { configProblems } from './problems.ts';
import { durationPattern, type ModelFile } from './schema.ts';
import type { Environment } from './types.ts';

type Written = NonNullable<ModelFile['environments']>;

const secondsOf: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** `24h` in seconds. */
function secondsOfDuration(text: string): number {
  const [, count = '0', unit = 's'] = durationPattern.exec(text) ?? [];
  return Number(count) * (secondsOf[unit] ?? 1);
}

/** Those of model.yaml in their order. Who does not say who approves wants people to. Without any: the default ones, of which no soak is known. */
export function environmentsOf(written: Written | undefined): readonly Environment[] {
  const declared = Object.entries(written ?? {});
  if (declared.length === 0) return defaultPolicies;
  return declared.map(([name, { approval = 'pull-request', after, soak }]) => ({
    name,
    approval,
    ...(after === undefined ? {} : { after }),
    ...(soak === undefined ? {} : { soakSeconds: secondsOfDuration(soak) }),
  }));
}

/** From an environment back to itself; null where its `after`s end. */
function circleFrom(name: string, written: Written): readonly string[] | null {
  const passed = [name];
  for (let next = written[name]?.after; next !== undefined; next = written[next]?.after) {
    if (next === name) return [...passed, name];
    if (passed.includes(next) || !Object.hasOwn(written, next)) return null;
    passed.push(next);
  }
  return null;
}

function problemsOfOne(name: string, written: Written, root: Mapping): readonly Problem[] {
  const path: Path = ['environments', name];
  const placeAt = (...more: Path) => ({ path: [...path, ...more], position: placeOf(root, [...path, ...more]) });
  const { after, soak } = written[name] ?? {};
  const known = Object.keys(written);
  const read = parseEnvironmentName(name);
  const named = read.ok ? [] : read.problems;
  const circle = circleFrom(name, written);
  const isFirstOfCircle = circle !== null && [...circle].sort()[0] === name;
  return [
    ...named.map(({ message, remedy }) =>
      configProblems.value({ path, position: keyPlaceOf(root, path) }, message, remedy),
    ),
    ...(after !== undefined && !known.includes(after)
      ? [configProblems.afterUnknown(placeAt('after'), after, known)]
      : []),
    ...(isFirstOfCircle ? [configProblems.afterCircle(placeAt('after'), circle)] : []),
    ...(soak !== undefined && after === undefined ? [configProblems.soakAlone(placeAt('soak'))] : []),
  ];
}

/** What environments demand of each other: names that are free, an `after` that is there and never leads back, no soak without it. */
export function environmentProblems(written: Written | undefined, root: Mapping): readonly Problem[] {
  return Object.keys(written ?? {}).flatMap((name) => problemsOfOne(name, written ?? {}, root));
}
