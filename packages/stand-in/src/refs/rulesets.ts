import type { Context } from '../context.ts';
import { judgeRequiredCheck } from '../is-check-satisfied.ts';
import type { Repository, RequiredCheck, Ruleset } from '../records/repositories.ts';
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

async function violationsOf(
  context: Context,
  repository: Repository,
  ruleset: Ruleset,
  { before, after }: RefUpdate,
): Promise<(string | null)[]> {
  if (after === null) return [ruleset.noDeletion ? 'Cannot delete this protected ref.' : null];
  if (before === null) return [];
  const isForced = ruleset.noForcePush && !(await isAncestor(context.git(repository), before, after));
  return [
    ruleset.noUpdate ? 'Cannot update this protected ref.' : null,
    isForced ? 'Cannot force-push to this branch.' : null,
    ruleset.requiredReviews > 0 ? 'Changes must be made through a pull request.' : null,
    ...ruleset.requiredChecks.map((check) => checkViolation(context, repository, after, check)),
  ];
}

/** Why rulesets refuse that a ref is moved otherwise than by merging a pull request. Nobody is exempt. */
export async function refViolations(
  context: Context,
  repository: Repository,
  update: RefUpdate,
): Promise<readonly string[]> {
  const rulesets = rulesetsOf(context, repository, update.ref);
  const found = await Promise.all(rulesets.map((ruleset) => violationsOf(context, repository, ruleset, update)));
  return [...new Set(found.flat().filter((violation) => violation !== null))];
}
