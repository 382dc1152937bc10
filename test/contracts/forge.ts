import type { Forge, GitStore, PullRequest } from '@model-gitops/lifecycle';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ForgeVerbs } from '../../packages/lifecycle/src/testing/memory-forge-verbs.ts';

/** A repository with `main`, two forges that write as the same account, and what people do there. */
export interface OpenForge {
  readonly forge: Forge;
  readonly other: Forge;
  /** The login that the forges write as. */
  readonly actor: string;
  readonly git: GitStore;
  readonly people: ForgeVerbs;
}

const branch = 'model-gitops/promote/fraud/production';
const request = {
  branch,
  base: 'main',
  title: 'Promote fraud 1.4.0 to production',
  body: 'Merging makes it so.\n\n| a | b |\n|---|---|\n| 1 | „zwei“ 🦊 |\n',
  labels: ['model-gitops:promotion', 'model:fraud', 'environment:production'],
};
const pointer = { 'registry/fraud/production.yaml': 'version: 1.4.0\n' };

async function one(forge: Forge, number: number): Promise<PullRequest> {
  const [found] = await forge.pullRequests.find({ number });
  if (found === undefined) throw new Error(`no pull request ${number}`);
  return found;
}

const numbers = (found: readonly PullRequest[]) => found.map(({ number }) => number);

type Part = 'pull requests' | 'checks' | 'comments' | 'people and workflows';
const everyPart: readonly Part[] = ['pull requests', 'checks', 'comments', 'people and workflows'];

/** The laws that every Forge keeps. `parts`: where another way to open the same adapter differs in some of them only. */
export function forgeContract(name: string, open: () => Promise<OpenForge>, parts: readonly Part[] = everyPart) {
  let stage: OpenForge;
  beforeEach(async () => {
    stage = await open();
    for (const login of ['ana', 'ben']) await stage.people.addPerson(login, 'write');
    await stage.people.addPerson('eve', 'none');
    await stage.people.push('ana', 'main', { 'train.py': 'fit()\n', 'old.txt': 'one\ntwo\nthree\n' });
  });
  const holds = (title: string, check: (stage: OpenForge) => Promise<void>) => it(title, async () => check(stage));
  const describePart = (part: Part, laws: () => void) => {
    if (parts.includes(part)) describe(`${name}: ${part}`, laws);
  };
  const promote = async () => {
    await stage.people.push('ana', branch, pointer);
    return (await stage.forge.pullRequests.open(request)).number;
  };

  describePart('pull requests', () => {
    holds('answers nothing for what is not there', async ({ forge }) => {
      const unknown = '0123456789012345678901234567890123456789';
      expect(await forge.pullRequests.find({ number: 4711 })).toEqual([]);
      expect(await forge.pullRequests.find({ branches: [branch] })).toEqual([]);
      expect(await forge.pullRequests.find({ branches: [] })).toEqual([]);
      expect(await forge.pullRequests.find({ commit: unknown })).toEqual([]);
      expect(await forge.pullRequests.find({ state: 'open' })).toEqual([]);
    });

    holds('tells everything of one that it opened', async ({ forge, people, actor }) => {
      const head = await people.push('ana', branch, pointer);
      const { number, created } = await forge.pullRequests.open(request);
      expect(created).toBe(true);
      expect(await one(forge, number)).toMatchObject({
        number,
        title: request.title,
        body: request.body,
        state: 'open',
        author: { login: actor, isBot: true },
        head: { branch, commit: head, isFork: false },
        base: 'main',
        files: ['registry/fraud/production.yaml'],
        reviews: [],
        committers: [{ login: 'ana', isBot: false }],
        check: null,
        merge: null,
        closedAt: null,
      });
      expect((await one(forge, number)).labels.toSorted()).toEqual(request.labels.toSorted());
      expect((await one(forge, number)).url).toMatch(new RegExp(`/pull/${number}$`));
    });

    holds('opens a branch once, and opens it again after it was closed', async ({ forge, other, people }) => {
      const number = await promote();
      expect(await other.pullRequests.open(request)).toEqual({ number, created: false });
      await people.close(number);
      const again = await forge.pullRequests.open(request);
      expect(again).toMatchObject({ created: true });
      expect(numbers(await forge.pullRequests.find({ branches: [branch] }))).toEqual([again.number, number]);
      expect((await one(forge, number)).state).toBe('closed');
      expect((await one(forge, number)).closedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    });

    holds('opens one when two ask at once', async ({ forge, other, people }) => {
      await people.push('ana', branch, pointer);
      const answers = await Promise.all([forge.pullRequests.open(request), other.pullRequests.open(request)]);
      expect(answers.map(({ created }) => created).toSorted()).toEqual([false, true]);
      expect(new Set(answers.map(({ number }) => number)).size).toBe(1);
    });

    holds('refuses a branch that is not there, or brings nothing', async ({ forge, people, git }) => {
      await expect(forge.pullRequests.open(request)).rejects.toMatchObject({ problems: [{ code: 'forge-refused' }] });
      await people.push('ana', 'aside', { 'train.py': 'fit()\n' });
      const [main] = await git.readRefs('refs/heads/main');
      await git.moveRef('refs/heads/level', null, main!.id);
      const nothing = forge.pullRequests.open({ ...request, branch: 'level' });
      await expect(nothing).rejects.toMatchObject({ problems: [{ code: 'forge-refused' }] });
    });

    holds('changes title, body and state, each alone', async ({ forge }) => {
      const number = await promote();
      await forge.pullRequests.edit(number, { title: 'Promote fraud 1.5.0' });
      expect(await one(forge, number)).toMatchObject({ title: 'Promote fraud 1.5.0', body: request.body });
      await forge.pullRequests.edit(number, { body: 'new' });
      await forge.pullRequests.edit(number, { state: 'closed' });
      expect(await one(forge, number)).toMatchObject({ title: 'Promote fraud 1.5.0', body: 'new', state: 'closed' });
      await forge.pullRequests.edit(number, { state: 'open' });
      expect(await one(forge, number)).toMatchObject({ state: 'open', closedAt: null });
    });

    holds('moves the head with its branch, while a review keeps what it looked at', async ({ forge, people }) => {
      const number = await promote();
      const first = (await one(forge, number)).head.commit;
      await people.approve('ben', number);
      const second = await people.push('ben', branch, { 'registry/fraud/production.yaml': 'version: 1.5.0\n' });
      await people.review('ana', number, 'changes-requested');
      const found = await one(forge, number);
      expect(found.head.commit).toBe(second);
      expect(found.reviews).toMatchObject([
        { author: { login: 'ben', isBot: false }, state: 'approved', commit: first },
        { author: { login: 'ana', isBot: false }, state: 'changes-requested', commit: second },
      ]);
      expect(found.committers.map(({ login }) => login).toSorted()).toEqual(['ana', 'ben']);
    });

    holds('names every path, also the old name of a file that moved', async ({ forge, people }) => {
      await people.push('ana', 'work', {
        'old.txt': null,
        'folder/new name.txt': 'one\ntwo\nthree\n',
        'train.py': null,
      });
      const number = await people.openAs('ana', { branch: 'work', base: 'main', title: 'Move', body: '' });
      expect((await one(forge, number)).files.toSorted()).toEqual(['folder/new name.txt', 'old.txt', 'train.py']);
    });

    holds('leaves out of the files what only the base changed', async ({ forge, people }) => {
      const number = await promote();
      await people.push('ben', 'main', { 'train.py': 'fit(2)\n' });
      expect((await one(forge, number)).files).toEqual(['registry/fraud/production.yaml']);
    });

    holds('tells a fork from a branch of that name here', async ({ forge, people }) => {
      const number = await promote();
      const forked = await people.openFromFork('eve', {
        branch,
        base: 'main',
        title: 'Mine',
        body: '',
        files: pointer,
      });
      expect(await one(forge, forked)).toMatchObject({
        head: { branch, isFork: true },
        author: { login: 'eve', isBot: false },
      });
      expect(numbers(await forge.pullRequests.find({ branches: [branch] }))).toEqual([number]);
      expect(numbers(await forge.pullRequests.find({ state: 'open' }))).toEqual([forked, number]);
      expect(numbers(await forge.pullRequests.find({ state: 'open', branches: [branch] }))).toEqual([forked, number]);
    });

    holds('tells who merged, and which commit', async ({ forge, people, git }) => {
      const number = await promote();
      const head = (await one(forge, number)).head.commit;
      await people.approve('ben', number);
      const commit = await people.merge('ben', number);
      expect(numbers(await forge.pullRequests.find({ state: 'open' }))).not.toContain(number);
      expect(numbers(await forge.pullRequests.find({ state: 'open', branches: [branch, branch] }))).toContain(number);
      const found = await one(forge, number);
      expect(found).toMatchObject({
        state: 'merged',
        merge: { commit, by: { login: 'ben', isBot: false } },
        head: { commit: head, isFork: false },
        files: ['registry/fraud/production.yaml'],
        reviews: [{ state: 'approved', commit: head }],
      });
      expect(found.merge?.at).toBe(found.closedAt);
      expect(await git.readRefs('refs/heads/main')).toEqual([{ name: 'refs/heads/main', id: commit }]);
    });

    holds('finds by a commit the one that brought it, and no other', async ({ forge, people, git }) => {
      const number = await promote();
      const head = (await one(forge, number)).head.commit;
      const [before] = await git.readRefs('refs/heads/main');
      expect(await forge.pullRequests.find({ commit: head })).toEqual([]);
      const commit = await people.merge('ben', number);
      await people.push('ben', 'work', { 'train.py': 'fit(3)\n' });
      await people.openAs('ben', { branch: 'work', base: 'main', title: 'Later', body: '' });
      const direct = await people.push('ana', 'main', { 'other.py': 'x\n' });
      expect(numbers(await forge.pullRequests.find({ commit }))).toEqual([number]);
      expect(numbers(await forge.pullRequests.find({ commit: head }))).toEqual([number]);
      expect(await forge.pullRequests.find({ commit: before!.id })).toEqual([]);
      expect(await forge.pullRequests.find({ commit: direct })).toEqual([]);
    });

    holds('closes with its branch', async ({ forge, git }) => {
      const number = await promote();
      const { head } = await one(forge, number);
      expect(await git.moveRef(`refs/heads/${branch}`, head.commit, null)).toBe('moved');
      expect(await one(forge, number)).toMatchObject({ state: 'closed', head: { branch, commit: head.commit } });
    });

    holds('finds those of many branches in one question', async ({ forge, people }) => {
      const branches = Array.from({ length: 12 }, (_, n) => `model-gitops/promote/m${n}/production`);
      const opened: number[] = [];
      for (const [n, name] of branches.slice(0, 3).entries()) {
        await people.push('ana', name, { [`registry/m${n}/production.yaml`]: 'version: 1.0.0\n' });
        opened.push((await forge.pullRequests.open({ ...request, branch: name })).number);
      }
      const found = await forge.pullRequests.find({ branches });
      expect(numbers(found)).toEqual(opened.toReversed());
      expect(found.map(({ head }) => head.branch)).toEqual(branches.slice(0, 3).toReversed());
    });

    holds('reads on where an answer has pages', async ({ forge, people }) => {
      const paths = Array.from({ length: 120 }, (_, n) => `many/${String(n).padStart(3, '0')}.txt`);
      await people.push('ana', 'many', Object.fromEntries(paths.map((path) => [path, 'x\n'])));
      const number = await people.openAs('ana', { branch: 'many', base: 'main', title: 'Many', body: '' });
      expect((await one(forge, number)).files.toSorted()).toEqual(paths);
      const [inList] = await forge.pullRequests.find({ state: 'open' });
      expect(inList?.files.toSorted()).toEqual(paths);
    });
  });

  describePart('checks', () => {
    const check = { conclusion: 'failure', title: 'Needs an approval', summary: '| a |\n|---|\n| b |\n' } as const;

    holds('posts a check on a head, and shows it on that head only', async ({ forge, people }) => {
      const number = await promote();
      const { head } = await one(forge, number);
      await forge.checks.post({ ...check, head: head.commit, current: null });
      const posted = (await one(forge, number)).check;
      expect(posted).toMatchObject({ head: head.commit, conclusion: 'failure', title: check.title });
      if (forge.checks.kind === 'app') expect(posted?.summary).toBe(check.summary);
      await people.push('ana', branch, { 'registry/fraud/production.yaml': 'version: 1.5.0\n' });
      expect((await one(forge, number)).check).toBeNull();
    });

    holds('changes the check that is there', async ({ forge, other }) => {
      const number = await promote();
      const { head } = await one(forge, number);
      await forge.checks.post({ ...check, head: head.commit, current: null });
      const { check: current } = await one(other, number);
      await other.checks.post({
        head: head.commit,
        conclusion: 'success',
        title: 'Ready',
        summary: 'All met.',
        current,
      });
      const { check: changed } = await one(forge, number);
      expect(changed).toMatchObject({ id: current?.id, conclusion: 'success', title: 'Ready' });
    });

    holds('cuts a title and a summary that are too long', async ({ forge }) => {
      const number = await promote();
      const { head } = await one(forge, number);
      const long = { conclusion: 'failure', title: '🦊'.repeat(300), summary: '🦊'.repeat(70_000) } as const;
      await forge.checks.post({ ...long, head: head.commit, current: null });
      const posted = (await one(forge, number)).check;
      expect(posted?.title).toMatch(/^🦊{100,}…?$/u);
      expect([...(posted?.summary ?? '')].length).toBeLessThanOrEqual(60_000);
    });
  });

  describePart('comments', () => {
    holds('lists what people and we wrote, oldest first', async ({ forge, people, actor }) => {
      const number = await promote();
      const theirs = await people.comment('eve', number, '/promote 1.4.0');
      const ours = await forge.comments.create(number, 'No: **write** access is needed.\n');
      expect(await forge.comments.list(number)).toEqual([
        { id: theirs.id, author: { login: 'eve', isBot: false }, body: '/promote 1.4.0' },
        { id: ours.id, author: { login: actor, isBot: true }, body: 'No: **write** access is needed.\n' },
      ]);
      await forge.comments.edit(ours.id, 'Yes.');
      expect((await forge.comments.list(number)).at(-1)).toMatchObject({ id: ours.id, body: 'Yes.' });
    });

    holds('gives a receipt, and twice is the same as once', async ({ forge, people }) => {
      const number = await promote();
      const { id } = await people.comment('ana', number, '/hold');
      await forge.comments.react(id, 'eyes');
      await forge.comments.react(id, 'eyes');
      await forge.comments.react(id, 'rocket');
      expect((await people.reactionsOf(id)).toSorted()).toEqual(['eyes', 'rocket']);
    });

    holds('reads all of many', async ({ forge, people }) => {
      const number = await promote();
      const bodies = Array.from({ length: 105 }, (_, n) => `comment ${n}`);
      for (const body of bodies) await people.comment('ana', number, body);
      expect((await forge.comments.list(number)).map(({ body }) => body)).toEqual(bodies);
    });
  });

  describePart('people and workflows', () => {
    holds('tells what an account may do', async ({ forge, people, actor }) => {
      await people.addPerson('root', 'admin');
      await people.addPerson('reader', 'read');
      const asked = ['root', 'ana', 'reader', 'eve', 'nobody-at-all', actor];
      const answers = await Promise.all(asked.map((login) => forge.people.readPermission(login)));
      expect(answers).toEqual(['admin', 'write', 'read', 'none', 'none', 'none']);
    });

    holds('knows whom it writes as: what it wrote is found again by that name', async ({ forge, actor }) => {
      const self = await forge.people.readSelf();
      expect(self).toEqual({ login: actor, isBot: true });
      const comment = await forge.comments.create(await promote(), 'ours');
      expect(comment.author).toEqual(self);
    });

    holds('tells who pushed a commit, also below the tip', async ({ forge, people }) => {
      const first = await people.push('ana', 'main', { 'a.py': '1\n' });
      const second = await people.push('ben', 'main', { 'a.py': '2\n' });
      const number = await promote();
      const inside = (await one(forge, number)).head.commit;
      await people.merge('ben', number);
      const ana = { login: 'ana', isBot: false };
      expect(await forge.people.readPusher(first, 'main')).toEqual(ana);
      expect(await forge.people.readPusher(second, 'main')).toEqual({ login: 'ben', isBot: false });
      expect(await forge.people.readPusher(inside, 'main')).toEqual({ login: 'ben', isBot: false });
      expect(await forge.people.readPusher(inside, branch)).toEqual(ana);
    });

    holds('does not guess who pushed', async ({ forge, people }) => {
      const aside = await people.push('ana', 'aside', { 'a.py': '1\n' });
      expect(await forge.people.readPusher(aside, 'main')).toBeNull();
      expect(await forge.people.readPusher(aside, 'nowhere')).toBeNull();
    });

    holds('starts a workflow, and says when there is none that can be started', async ({ forge, people }) => {
      const start = 'on:\n  workflow_dispatch:\n    inputs:\n      model: { type: string }\njobs: {}\n';
      await people.push('ana', 'main', {
        '.github/workflows/models.yml': start,
        '.github/workflows/push.yml': 'on: push\njobs: {}\n',
      });
      const dispatch = { workflow: 'models.yml', branch: 'main', inputs: { model: 'fraud' } };
      await forge.workflows.dispatch(dispatch);
      expect(await people.dispatched()).toEqual([dispatch]);
      for (const workflow of ['push.yml', 'missing.yml']) {
        const refusal = forge.workflows.dispatch({ ...dispatch, workflow });
        await expect(refusal).rejects.toMatchObject({ problems: [{ code: 'workflow-missing' }] });
      }
    });
  });
}
