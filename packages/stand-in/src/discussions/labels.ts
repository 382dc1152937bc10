import { type Context, timeOf } from '../context.ts';
import type { Label } from '../records/discussions.ts';
import type { Issue } from '../records/pull-requests.ts';
import type { Repository } from '../records/repositories.ts';
import { isSameName, nextId } from '../state.ts';
import { labelView } from '../views/label.ts';
import { tellDiscussion } from './tell-discussion.ts';

export function findLabel({ state }: Context, repository: Repository, name: string): Label | undefined {
  return state.labels.find((one) => one.repository === repository.id && isSameName(one.name, name));
}

export function addLabel(
  context: Context,
  repository: Repository,
  { name, color = 'ededed', description = null }: { name: string; color?: string; description?: string | null },
): Label {
  const label: Label = { id: nextId(context.state), repository: repository.id, name, color, description };
  context.state.labels.push(label);
  return label;
}

export interface Labelled {
  readonly repository: Repository;
  readonly issue: Issue;
  readonly sender: string;
}

const has = (labels: readonly string[], name: string) => labels.some((one) => isSameName(one, name));

async function tellLabels(
  context: Context,
  { repository, issue, sender }: Labelled,
  action: 'labeled' | 'unlabeled',
  names: readonly string[],
): Promise<void> {
  for (const name of names)
    await tellDiscussion(context, repository, issue, {
      action,
      sender,
      more: { label: labelView(context, repository, name) },
    });
}

/** From nothing to these; a label that the repository lacks is made. One event for each that is new or gone. */
export async function setLabels(context: Context, labelled: Labelled, names: readonly string[]): Promise<void> {
  const { repository, issue } = labelled;
  const wanted = names.map(
    (name) => (findLabel(context, repository, name) ?? addLabel(context, repository, { name })).name,
  );
  const before = issue.labels;
  issue.labels = [...new Set(wanted)];
  issue.updatedAt = timeOf(context);
  const gone = before.filter((name) => !has(issue.labels, name));
  await tellLabels(context, labelled, 'unlabeled', gone);
  const added = issue.labels.filter((name) => !has(before, name));
  await tellLabels(context, labelled, 'labeled', added);
}
