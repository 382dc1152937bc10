import { githubForge } from '@model-gitops/github';
import type { Forge, NewPullRequest } from '@model-gitops/lifecycle';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Call, type Fault, faults, type GithubRepository, githubRepositories } from './github-repository.ts';
import { standInPeople } from './stand-in-people.ts';

const openRepository = githubRepositories();
const branch = 'model-gitops/promote/fraud/production';
const files = { 'registry/fraud/production.yaml': 'version: 1.4.0\n' };
const request: NewPullRequest = {
  branch,
  base: 'main',
  title: 'Promote fraud 1.4.0',
  body: 'Merging makes it so.',
  labels: ['model-gitops:promotion', 'model:fraud'],
};

let github: GithubRepository;
let people: ReturnType<typeof standInPeople>;

beforeEach(async () => {
  github = await openRepository('main');
  people = standInPeople(github.standIn, github.fullName);
  await people.push('ana', branch, files);
});

/** A forge of which one call fails, the first that fits. */
function failing(fits: (call: Call) => boolean, fault: Fault): { forge: Forge; calls: Call[] } {
  let isPlanned = true;
  const { client, calls } = github.client({
    fault: (call) => {
      if (!isPlanned || !fits(call)) return undefined;
      isPlanned = false;
      return fault;
    },
  });
  return { forge: githubForge(client, { checkKind: 'status' }), calls };
}

const to = (method: string, path: RegExp) => (call: Call) => call.method === method && path.test(call.path);
const lost = Object.entries({
  'is answered with 502': faults.badGateway,
  'is done, and answered with 502': faults.badGatewayAfter,
  'is done, and the connection breaks': faults.resetAfter,
  'is done, and half of the answer arrives': faults.halfAfter,
});

async function openOnes(forge: Forge) {
  return forge.pullRequests.find({ state: 'open' });
}

describe.each(lost)('when a write %s', (_, fault) => {
  it('opens one pull request', async () => {
    const { forge } = failing(to('POST', /\/pulls$/), fault);
    const { number } = await forge.pullRequests.open(request);
    const [found, ...others] = await openOnes(forge);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ number, title: request.title });
    expect(found?.labels.toSorted()).toEqual(request.labels.toSorted());
  });

  it('labels it', async () => {
    const { forge } = failing(to('POST', /\/labels$/), fault);
    await forge.pullRequests.open(request);
    expect((await openOnes(forge))[0]?.labels.toSorted()).toEqual(request.labels.toSorted());
  });

  it('edits it, once where that was done', async () => {
    const { forge, calls } = failing(to('PATCH', /\/pulls\/\d+$/), fault);
    const { number } = await forge.pullRequests.open(request);
    await forge.pullRequests.edit(number, { title: 'Promote fraud 1.5.0', body: 'new' });
    expect((await openOnes(forge))[0]).toMatchObject({ title: 'Promote fraud 1.5.0', body: 'new' });
    const isDone = fault !== faults.badGateway;
    expect(calls.filter(to('PATCH', /pulls/))).toHaveLength(isDone ? 1 : 2);
  });

  it('writes one comment', async () => {
    const { forge } = failing(to('POST', /\/comments$/), fault);
    const { number } = await forge.pullRequests.open(request);
    const theirs = await people.comment('ben', number, 'Moved on to 1.5.0.');
    const comment = await forge.comments.create(number, 'Moved on to 1.5.0.');
    expect(await forge.comments.list(number)).toEqual([theirs, comment]);
    const again = await forge.comments.create(number, 'Moved on to 1.5.0.');
    expect((await forge.comments.list(number)).map(({ id }) => id)).toEqual([theirs.id, comment.id, again.id]);
  });

  it('posts one status', async () => {
    const { forge } = failing(to('POST', /\/statuses\//), fault);
    await forge.pullRequests.open(request);
    const head = (await openOnes(forge))[0]?.head.commit ?? '';
    await forge.checks.post({ head, conclusion: 'failure', title: 'Not yet', summary: '', current: null });
    expect((await openOnes(forge))[0]?.check).toMatchObject({ conclusion: 'failure', title: 'Not yet' });
    const { data } = await github
      .client()
      .client.request('GET /repos/{owner}/{repo}/commits/{ref}/statuses', { ref: head });
    expect(data).toHaveLength(1);
  });
});

describe('a token without a permission', () => {
  const as = (permissions: Record<string, 'read' | 'write'>) => {
    const token = github.standIn.createToken('ana', { permissions });
    return githubForge(github.client({ token }).client, { checkKind: 'status' });
  };
  const reading = { contents: 'read', pull_requests: 'read', issues: 'read', metadata: 'read' } as const;
  const missing = (line: RegExp) => ({
    problems: [{ code: 'forge-permission', message: expect.stringMatching(line) }],
  });

  it('is told the line that is missing', async () => {
    const { number } = await githubForge(github.client().client, { checkKind: 'status' }).pullRequests.open(request);
    const forge = as(reading);
    const head = (await openOnes(forge))[0]?.head.commit ?? '';
    await expect(forge.pullRequests.edit(number, { title: 't' })).rejects.toMatchObject(
      missing(/"pull-requests: write"/),
    );
    await expect(forge.comments.create(number, 'hello')).rejects.toMatchObject(
      missing(/"(issues|pull-requests): write"/),
    );
    const check = { head, conclusion: 'success', title: 't', summary: '', current: null } as const;
    await expect(forge.checks.post(check)).rejects.toMatchObject(missing(/"statuses: write"/));
    const dispatch = { workflow: 'models.yml', branch: 'main', inputs: {} };
    await expect(forge.workflows.dispatch(dispatch)).rejects.toMatchObject(missing(/"actions: write"/));
    await expect(forge.pullRequests.open({ ...request, branch: 'other' })).rejects.toMatchObject(
      missing(/"pull-requests: write"/),
    );
  });

  it('is told when nobody knows it, and never shown', async () => {
    const token = 'ghp_thisTokenIsNobodysAtAll0123456789';
    const forge = githubForge(github.client({ token }).client, { checkKind: 'status' });
    const thrown: unknown = await forge.pullRequests.find({ number: 1 }).catch((error: unknown) => error);
    expect(thrown).toMatchObject({ problems: [{ code: 'forge-credentials' }] });
    expect(JSON.stringify(thrown)).not.toContain(token);
  });
});

describe('how much is asked', () => {
  it('is one call for a pull request, for many branches, for a commit', async () => {
    const { client, calls } = github.client();
    const forge = githubForge(client, { checkKind: 'status' });
    const { number } = await forge.pullRequests.open(request);
    expect(calls.map(({ method }) => method)).toEqual(['POST', 'POST']);
    const commit = await people.merge('ana', number);
    const branches = Array.from({ length: 50 }, (_, n) => `model-gitops/promote/m${n}/production`);
    for (const query of [{ number }, { branches: [branch, ...branches.slice(1)] }, { commit }]) {
      calls.length = 0;
      expect(await forge.pullRequests.find(query)).toMatchObject([{ number, merge: { commit } }]);
      expect(calls.map(({ path }) => path)).toEqual(['graphql']);
    }
  });

  it('is nothing for a check that says it already, and one call for a new one', async () => {
    const { client, calls } = github.client();
    const forge = githubForge(client, { checkKind: 'status' });
    const { number } = await forge.pullRequests.open(request);
    const head = (await openOnes(forge))[0]?.head.commit ?? '';
    const check = { head, conclusion: 'success', title: 'No registry change', summary: 'Nothing.' } as const;
    calls.length = 0;
    await forge.checks.post({ ...check, current: null });
    const [found] = await forge.pullRequests.find({ number });
    await forge.checks.post({ ...check, current: found?.check ?? null });
    expect(calls.map(({ path }) => path.split('/').at(3) ?? path)).toEqual(['statuses', 'graphql']);
  });
});

describe('what could be hidden', () => {
  it('is found behind forks whose branch has our name', async () => {
    const forge = githubForge(github.client().client, { checkKind: 'status' });
    const { number } = await forge.pullRequests.open(request);
    for (const login of ['f1', 'f2', 'f3', 'f4', 'f5', 'f6', 'f7']) {
      await people.addPerson(login, 'none');
      await people.openFromFork(login, { branch, base: 'main', title: 'Mine', body: '', files });
    }
    expect((await forge.pullRequests.find({ branches: [branch] })).map((found) => found.number)).toEqual([number]);
    expect(await openOnes(forge)).toHaveLength(8);
  });

  it.each(['squash', 'rebase'] as const)('is the origin of a commit after a %s', async (merge_method) => {
    await people.push('ben', branch, { 'notes.md': 'two\n' }, 'A second one\n');
    const { client } = github.client();
    const forge = githubForge(client, { checkKind: 'status' });
    const { number } = await forge.pullRequests.open(request);
    const [before] = (await openOnes(forge)).map(({ head }) => head.commit);
    const direct = await people.push('ana', 'main', { 'other.py': 'x\n' }, 'A push\n');
    const route = 'PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge';
    const { data } = await client.request(route, { pull_number: number, merge_method });
    const numbersOf = async (commit: string) =>
      (await forge.pullRequests.find({ commit })).map((found) => found.number);
    expect(await numbersOf(data.sha)).toEqual([number]);
    expect(await numbersOf(direct)).toEqual([]);
    expect(before).not.toBe(data.sha);
    if (merge_method === 'squash') return;
    const { data: tip } = await client.request('GET /repos/{owner}/{repo}/commits/{ref}', { ref: data.sha });
    expect(await numbersOf(tip.parents[0]?.sha ?? '')).toEqual([number]);
  });
});
