import type { Check, ObjectId } from '@model-gitops/lifecycle';
import { checkValues, type ForgePlace } from './forge-place.ts';
import {
  type CheckedCommit,
  type CheckRunFields,
  checkFields,
  checkVariables,
  type PullRequestFields,
} from './pull-request-fields.ts';

const conclusions: Readonly<Record<string, Check['conclusion']>> = { SUCCESS: 'success', FAILURE: 'failure' };

function checkOfRuns(head: ObjectId, runs: readonly CheckRunFields[]): Check | null {
  const [newest] = runs.toSorted((a, b) => (b.databaseId ?? 0) - (a.databaseId ?? 0));
  if (newest === undefined) return null;
  const { databaseId, conclusion, title, summary } = newest;
  return {
    id: databaseId ?? 0,
    head,
    conclusion: conclusions[conclusion ?? ''] ?? null,
    title: title ?? '',
    summary: summary ?? '',
  };
}

function checkOfCommit({ oid, checkSuites, status }: CheckedCommit): Check | null {
  const runs = (checkSuites?.nodes ?? []).flatMap((suite) => suite.checkRuns?.nodes ?? []);
  const context = status?.context ?? null;
  if (context === null) return checkOfRuns(oid, runs);
  // a status has no number and no summary
  const conclusion = conclusions[context.state] ?? null;
  return { id: 0, head: oid, conclusion, title: context.description ?? '', summary: '' };
}

/** Our check on the head. GitHub lists the first 250 commits only: where the head is not among them it is asked by itself. */
export async function readCheck(place: ForgePlace, fields: PullRequestFields): Promise<Check | null> {
  const head = fields.headRefOid;
  const last = fields.last.nodes.find(({ commit }) => commit.oid === head);
  if (last !== undefined) return checkOfCommit(last.commit);
  const query = `query ReadCheck($owner: String!, $name: String!, $commit: GitObjectID!, ${checkVariables(place.ours)}) {
    repository(owner: $owner, name: $name) {
      object(oid: $commit) { ... on Commit { oid ${checkFields[place.ours.checkKind]} } }
    }
  }`;
  const { repository } = await place.client.graphql<{ repository: { object: CheckedCommit | null } }>(query, {
    commit: head,
    ...checkValues(place),
  });
  return repository.object === null ? null : checkOfCommit(repository.object);
}
