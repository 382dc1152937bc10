import type { Context } from '../context.ts';
import { judgeRequiredCheck } from '../judge-required-check.ts';
import type { Repository, RequiredCheck, Ruleset } from '../records/repositories.ts';
import { keptTagViolations } from '../releases/kept-tags.ts';
import { isAncestor, type RefUpdate, shortName } from './refs.ts';

const escaped = (text: string) => text.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&');

/** `*` is all but a slash, `**` everything. */
function matches(pattern: string, name: string): boolean {
  const source = escaped(pattern).replaceAll('**', '\u0000').replaceAll('*', '[^/]*').replaceAll('\u0000', '.*');
  return new RegExp(`^${source}$`).test(name);
}

/** The rulesets that hold for a ref. */
export function rulesetsOf({ state }: Context, repository: Repository, ref: string): readonly Ruleset[] {
  const name = shortName(ref);
  const kind = ref.startsWith('refs/tags/') ? 'tags' : 'branches';
  return state.rulesets.filter(
    (ruleset) => ruleset.repository === repository.id && ruleset[kind].some((pattern) => matches(pattern, name)),
  );
}

export function checkViolation(
  { state }: Context,
  repository: Repository,
  head: string,
  check: RequiredCheck,
): string | null {
  const judged = judgeRequiredCheck(state, repository, head, check);
  if (judged === 'satisfied') return null;
  return `Required status check "${check.context}" is ${judged}.`;
}

export type KnownUpdate = Omit<RefUpdate, 'ref'>;

/** What can be judged before the new objects are there. */
export function violationsWithoutHistory(
  context: Context,
  repository: Repository,
  ruleset: Ruleset,
  { before, after }: KnownUpdate,
): string[] {
  if (after === null) return ruleset.noDeletion ? ['Cannot delete this protected ref.'] : [];
  if (before === null) return [];
  const checks = ruleset.requiredChecks.map((check) => checkViolation(context, repository, after, check));
  return [
    ...(ruleset.noUpdate ? ['Cannot update this protected ref.'] : []),
    ...(ruleset.requiredReviews > 0 ? ['Changes must be made through a pull request.'] : []),
    ...checks.filter((violation) => violation !== null),
  ];
}

async function violationsOf(
  context: Context,
  repository: Repository,
  ruleset: Ruleset,
  update: RefUpdate,
): Promise<string[]> {
  const known = violationsWithoutHistory(context, repository, ruleset, update);
  const { before, after } = update;
  if (!ruleset.noForcePush || before === null || after === null) return known;
  const isForward = await isAncestor(context.git(repository), before, after);
  return isForward ? known : [...known, 'Cannot force-push to this branch.'];
}

/** Why rulesets refuse that a ref is moved otherwise than by merging a pull request. Nobody is exempt. */
export async function refViolations(
  context: Context,
  repository: Repository,
  update: RefUpdate,
): Promise<readonly string[]> {
  const rulesets = rulesetsOf(context, repository, update.ref);
  const found = await Promise.all(rulesets.map((ruleset) => violationsOf(context, repository, ruleset, update)));
  return [...new Set([...keptTagViolations(context, repository, update), ...found.flat()])];
}
