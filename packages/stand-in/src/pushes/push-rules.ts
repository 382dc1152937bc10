import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Actor } from '../actor.ts';
import type { Context } from '../context.ts';
import type { Repository } from '../records/repositories.ts';
import { listRefs, type RefUpdate } from '../refs/refs.ts';
import { type KnownUpdate, rulesetsOf, violationsWithoutHistory } from '../refs/rulesets.ts';
import { mayWriteWorkflows, workflowFolder } from '../refs/workflow-files.ts';
import { keptTagViolations } from '../releases/kept-tags.ts';

/**
 * What git asks before it moves each ref of a push, while the pushed objects are still apart: what was judged before
 * stands in files, what takes the pushed history is judged here.
 */
const hook = `#!/bin/sh
rules=$STAND_IN_RULES
[ -n "$rules" ] || exit 0
refuse() { echo "$1" >&2; exit 1; }
tab=$(printf '\\t')
said=$(while IFS=$tab read -r ref text; do [ "$ref" = "$1" ] && echo "$text"; done < "$rules/refused")
[ -z "$said" ] || refuse "$said"
zero=0000000000000000000000000000000000000000
[ "$3" = $zero ] && exit 0
if [ "$2" != $zero ] && grep -qxF "$1" "$rules/forward-only"; then
  git merge-base --is-ancestor "$2" "$3" || refuse 'Cannot force-push to this branch.'
fi
[ -f "$rules/workflows" ] || exit 0
tree=$(git rev-parse --verify --quiet "$3:${workflowFolder}") || exit 0
grep -qxF "$tree" "$rules/workflows" && exit 0
refuse 'refusing to allow an app to create or update a workflow without \`workflows\` permission'
`;

/** Where git finds the hook: once for all repositories. */
export async function writeHook({ folder }: Context): Promise<string> {
  const hooks = join(folder, 'hooks');
  await mkdir(hooks, { recursive: true });
  await writeFile(join(hooks, 'update'), hook, { mode: 0o755 });
  return hooks;
}

function refusedLines(context: Context, repository: Repository, { ref, before, after }: RefUpdate): string[] {
  const isDefault = ref === `refs/heads/${repository.defaultBranch}`;
  if (after === null && isDefault) return [`${ref}\trefusing to delete the current branch: ${ref}`];
  if (/^refs\/pull\//.test(ref)) return [`${ref}\tdeny updating a hidden ref`];
  const update: KnownUpdate = { before, after };
  const violations = rulesetsOf(context, repository, ref).flatMap((ruleset) =>
    violationsWithoutHistory(context, repository, ruleset, update),
  );
  const kept = keptTagViolations(context, repository, { ref, before, after });
  return [...new Set([...kept, ...violations])].map((text) => `${ref}\t${text}`);
}

const lines = (texts: readonly string[]) => texts.map((text) => `${text}\n`).join('');

/** The files that the hook reads, for one push. */
export async function writePushRules(
  context: Context,
  repository: Repository,
  who: Actor,
  updates: readonly RefUpdate[],
): Promise<string> {
  const rules = await mkdtemp(join(context.folder, 'push-'));
  const isForwardOnly = ({ ref }: RefUpdate) =>
    rulesetsOf(context, repository, ref).some(({ noForcePush }) => noForcePush);
  const refused = updates.flatMap((update) => refusedLines(context, repository, update));
  await writeFile(join(rules, 'refused'), lines(refused));
  await writeFile(join(rules, 'forward-only'), lines(updates.filter(isForwardOnly).map(({ ref }) => ref)));
  if (mayWriteWorkflows(who)) return rules;
  const git = context.git(repository);
  const branches = await listRefs(git, 'refs/heads/');
  const trees = await Promise.all(branches.map(({ id }) => git.read(`${id}:${workflowFolder}`)));
  await writeFile(join(rules, 'workflows'), lines(trees.flatMap((tree) => (tree === null ? [] : [tree.id]))));
  return rules;
}
