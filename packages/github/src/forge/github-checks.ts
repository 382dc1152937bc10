import { type Check, type Checks, keptTexts, type NewCheck } from '@model-gitops/lifecycle';
import { readPages } from '../octokit/read-pages.ts';
import type { ForgePlace } from './forge-place.ts';
import { promotionCheck } from './promotion-check.ts';
import type { OurCheck } from './pull-request-fields.ts';
import { writeOnce } from './write-once.ts';

type Posted = Pick<Check, 'conclusion' | 'title' | 'summary'>;

const saysSame = (a: Posted, b: Posted) =>
  a.conclusion === b.conclusion && a.title === b.title && a.summary === b.summary;

interface RunFields {
  readonly conclusion: string | null;
  readonly output: { readonly title: string | null; readonly summary: string | null };
}

async function findRun({ client }: ForgePlace, appId: number, head: string, check: Posted): Promise<true | null> {
  const { data } = await client.request('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
    ref: head,
    check_name: promotionCheck,
    app_id: appId,
    filter: 'all',
    per_page: 100,
  });
  const posted = ({ conclusion, output }: RunFields): Posted => ({
    conclusion: conclusion === 'success' || conclusion === 'failure' ? conclusion : null,
    title: output.title ?? '',
    summary: output.summary ?? '',
  });
  return data.check_runs.some((run) => saysSame(posted(run), check)) ? true : null;
}

/** A check run is posted concluded: it never waits, what it waits for is its text. */
async function postRun(place: ForgePlace, appId: number, { head, current, ...check }: NewCheck): Promise<void> {
  const needs = { needs: 'checks: write' };
  const { conclusion, ...texts } = check;
  const run = { name: promotionCheck, status: 'completed', conclusion, output: texts };
  const write = () =>
    current !== null && current.head === head
      ? place.client.request(
          'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}',
          { check_run_id: current.id, ...run },
          needs,
        )
      : place.client.request('POST /repos/{owner}/{repo}/check-runs', { head_sha: head, ...run }, needs);
  await writeOnce<unknown>(write, () => findRun(place, appId, head, check));
}

interface StatusFields {
  readonly context: string;
  readonly state: string;
  readonly description: string | null;
}

async function findStatus({ client }: ForgePlace, head: string, check: Posted): Promise<true | null> {
  const statuses = await readPages<StatusFields>(client, 'GET /repos/{owner}/{repo}/commits/{ref}/statuses', {
    ref: head,
  });
  const newest = statuses.find(({ context }) => context === promotionCheck);
  return newest?.state === check.conclusion && newest.description === check.title ? true : null;
}

async function postStatus(place: ForgePlace, { head, conclusion, title, summary }: NewCheck): Promise<void> {
  const status = { sha: head, context: promotionCheck, state: conclusion, description: title };
  const write = () =>
    place.client.request('POST /repos/{owner}/{repo}/statuses/{sha}', status, { needs: 'statuses: write' });
  await writeOnce<unknown>(write, () => findStatus(place, head, { conclusion, title, summary }));
}

/** What is there already is not posted again. */
async function post(place: ForgePlace, ours: OurCheck, check: NewCheck): Promise<void> {
  const kept = { ...check, ...keptTexts(ours.checkKind, check) };
  const { current, head } = check;
  if (current !== null && current.head === head && saysSame(current, kept)) return;
  await (ours.checkKind === 'app' ? postRun(place, ours.appId, kept) : postStatus(place, kept));
}

export function githubChecks(place: ForgePlace): Checks {
  return { kind: place.ours.checkKind, post: (check) => post(place, place.ours, check) };
}
