import { type Context, timeOf } from '../context.ts';
import type { Issue } from '../records/pull-requests.ts';
import type { Repository } from '../records/repositories.ts';
import { nextId } from '../state.ts';

interface Opening extends Pick<Issue, 'number' | 'isPullRequest' | 'title' | 'author'> {
  readonly body?: string | null | undefined;
}

/** An issue that was just opened; a pull request is one too. */
export function newIssueRecord(context: Context, repository: Repository, { body = null, ...opening }: Opening): Issue {
  const at = timeOf(context);
  return {
    id: nextId(context.state),
    repository: repository.id,
    ...opening,
    body,
    state: 'open',
    stateReason: null,
    labels: [],
    assignees: [],
    isLocked: false,
    createdAt: at,
    updatedAt: at,
    closedAt: null,
    closedBy: null,
  };
}

interface Texts {
  readonly title?: string | undefined;
  readonly body?: string | null | undefined;
}

/** Changes the texts, and answers what they were as events tell it; null where nothing changed. */
export function changeTexts(issue: Issue, { title, body }: Texts): Readonly<Record<string, { from: string }>> | null {
  const changes = {
    ...(title === undefined || title === issue.title ? {} : { title: { from: issue.title } }),
    ...(body === undefined || body === issue.body ? {} : { body: { from: issue.body ?? '' } }),
  };
  if (Object.keys(changes).length === 0) return null;
  issue.title = title ?? issue.title;
  issue.body = body === undefined ? issue.body : body;
  return changes;
}
