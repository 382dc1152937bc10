import { type NewPullRequest, ProblemError, type PullRequests } from '@model-gitops/lifecycle';
import type { ForgeClient } from '../octokit/forge-client.ts';
import { failureOf } from '../octokit/forge-failure.ts';
import { writeOnce } from './write-once.ts';

type Opened = Awaited<ReturnType<PullRequests['open']>>;

interface OpenPull {
  readonly number: number;
  readonly labels: readonly string[];
}

const needs = { needs: 'pull-requests: write' };

/** The open one of a branch of this repository; `head` alone would also find a fork of the same owner. */
async function findOpen(
  { client }: { client: ForgeClient },
  { branch, base }: NewPullRequest,
): Promise<OpenPull | null> {
  const { data } = await client.request('GET /repos/{owner}/{repo}/pulls', {
    state: 'open',
    head: `${client.repository.owner}:${branch}`,
    base,
    per_page: 100,
  });
  const found = data.find(({ head, base: into }) => head.ref === branch && head.repo?.id === into.repo.id);
  return found === undefined ? null : { number: found.number, labels: found.labels.map(({ name }) => name) };
}

async function post(client: ForgeClient, { branch, base, title, body }: NewPullRequest): Promise<number> {
  const { data } = await client.request('POST /repos/{owner}/{repo}/pulls', { head: branch, base, title, body }, needs);
  return data.number;
}

const isDuplicate = (thrown: unknown) =>
  failureOf(thrown)?.messages.some((text) => /already exists/i.test(text)) === true;

/** A label that is there is not put there again, and nobody's other labels are touched. */
async function addLabels(client: ForgeClient, pull: OpenPull, wanted: readonly string[]): Promise<void> {
  const labels = wanted.filter((label) => !pull.labels.includes(label));
  if (labels.length === 0) return;
  const add = () =>
    client.request(
      'POST /repos/{owner}/{repo}/issues/{issue_number}/labels',
      { issue_number: pull.number, labels },
      needs,
    );
  // what is added twice is there once: nothing has to be looked at
  await writeOnce<unknown>(add, async () => null);
}

async function createOrFind(client: ForgeClient, request: NewPullRequest): Promise<OpenPull & Opened> {
  const find = () => findOpen({ client }, request);
  try {
    const make = async () => ({ number: await post(client, request), labels: [] });
    return { ...(await writeOnce<OpenPull>(make, find)), created: true };
  } catch (thrown) {
    if (!(thrown instanceof ProblemError) || !isDuplicate(thrown)) throw thrown;
    const found = await find();
    if (found === null) throw thrown;
    return { ...found, created: false };
  }
}

/** Opens a pull request, or finds the open one of that branch. The labels are made sure of in both cases: whoever opened it may have been stopped before. */
export async function openPullRequest(client: ForgeClient, request: NewPullRequest): Promise<Opened> {
  const { number, created, labels } = await createOrFind(client, request);
  await addLabels(client, { number, labels }, request.labels);
  return { number, created };
}
