import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Permissions } from '@model-gitops/stand-in';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTown, type PromotionWorld, type Town } from '../lifecycle/promotion-world.ts';
import { type ActionRun, type RunnerEvent, runBuiltAction } from './runner.ts';

const home = fileURLToPath(new URL('../../', import.meta.url));
const permissions = { contents: 'write', pull_requests: 'write', statuses: 'write', issues: 'write' } as const;

let town: Town;
let root: string;
beforeAll(async () => {
  town = await createTown();
  root = mkdtempSync(join(tmpdir(), 'model-gitops-reconcile-'));
});
afterAll(async () => {
  await town.close();
  rmSync(root, { recursive: true, force: true });
});

let repository: PromotionWorld;
let workspace: string;
let sha: string;

function git(folder: string, ...args: readonly string[]): string {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  return execFileSync('git', args, { cwd: folder, env, encoding: 'utf8', stdio: 'pipe' }).trim();
}

beforeEach(async () => {
  repository = await town.openRepository();
  await repository.register('a');
  workspace = join(root, repository.name.replace('/', '-'));
  git(root, 'clone', '--quiet', '--depth=1', town.github.gitFolder(repository.name), workspace);
  git(workspace, 'remote', 'set-url', 'origin', `${town.github.url}/${repository.name}.git`);
  sha = git(workspace, 'rev-parse', 'HEAD');
});

interface Given {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly permissions?: Permissions;
  readonly payload?: Readonly<Record<string, unknown>>;
}

function run(name: string, { inputs = {}, payload = {}, ...given }: Given = {}): Promise<ActionRun> {
  const { url, apiUrl } = town.github;
  const event: RunnerEvent = {
    name,
    payload: {
      repository: { full_name: repository.name, default_branch: 'main' },
      sender: { login: 'anna' },
      ...payload,
    },
    ref: 'refs/heads/main',
    sha,
  };
  const environment = { GITHUB_API_URL: apiUrl, GITHUB_SERVER_URL: url, GITHUB_REPOSITORY: repository.name };
  const token = town.github.workflowToken(repository.name, given.permissions ?? permissions);
  return runBuiltAction({ home, action: 'reconcile', workspace, event, inputs, environment, token });
}

const kindsOf = ({ outputs }: ActionRun) =>
  (JSON.parse(outputs.changes ?? '') as readonly { readonly kind: string }[]).map(({ kind }) => kind);
const told = ({ log, summary, annotations }: ActionRun) => `${summary}\n${log}\n${JSON.stringify(annotations)}`;

function commentEvent(login: string, id: number, number: number, body: string): Given {
  const comment = { id, body, user: { login, type: 'User' } };
  return { payload: { action: 'created', issue: { number, pull_request: {} }, comment } };
}

describe('reconcile after a push', () => {
  it('only says what it would do, where it is asked to', async () => {
    const step = await run('push', { inputs: { 'dry-run': 'true' } });
    expect(step.exitCode, told(step)).toBe(0);
    expect(step.outputs).toMatchObject({ outcome: 'pass', applied: 'false' });
    expect(kindsOf(step)).toEqual(expect.arrayContaining(['assign', 'propose']));
    expect(step.summary).toContain('would be made');
    expect(await repository.promotions()).toEqual([]);
  });

  it('opens the pull request with a status that advises, and finds nothing to do the second time', async () => {
    const step = await run('push');
    expect(step.exitCode, told(step)).toBe(0);
    expect(step.outputs).toMatchObject({ outcome: 'pass', applied: 'true' });
    const [found, ...others] = await repository.promotions();
    expect(others).toEqual([]);
    expect(found).toMatchObject({ state: 'open', author: { login: 'github-actions[bot]', isBot: true } });
    const statuses = town.github.state.statuses.filter(({ commit: head }) => head === found?.head.commit);
    expect(statuses.map(({ context, state }) => [context, state])).toEqual([['model-gitops/promotion', 'failure']]);
    const again = await run('schedule');
    expect(again.exitCode, told(again)).toBe(0);
    expect(again.outputs).toMatchObject({ applied: 'false', changes: '[]' });
  });

  it('names the permission that its token lacks', async () => {
    const step = await run('push', { permissions: { contents: 'write' } });
    expect(step.exitCode, told(step)).not.toBe(0);
    expect(step.summary).toContain('pull-requests: write');
  });

  it('says that it needs a token', async () => {
    const step = await run('push', { inputs: { 'github-token': '' } });
    expect(step.exitCode, told(step)).toBe(2);
    expect(step.summary).toContain('github-token');
    expect(step.outputs).toMatchObject({ outcome: 'problem', applied: '' });
  });
});

describe('reconcile after a comment', () => {
  it('obeys who may write, and says that it did', async () => {
    await run('push');
    const [found] = await repository.promotions();
    const number = found?.number ?? 0;
    const { id } = await repository.people.comment('ben', number, '/hold');
    const step = await run('issue_comment', commentEvent('ben', id, number, '/hold'));
    expect(step.exitCode, told(step)).toBe(0);
    expect(await repository.people.reactionsOf(id)).toEqual(expect.arrayContaining(['eyes', 'rocket']));
    expect(await repository.events('held')).toHaveLength(1);
  });

  it('refuses a stranger', async () => {
    await run('push');
    const [found] = await repository.promotions();
    const number = found?.number ?? 0;
    await repository.people.addPerson('eve', 'none');
    const { id } = await repository.people.comment('eve', number, '/hold');
    const step = await run('issue_comment', commentEvent('eve', id, number, '/hold'));
    expect(step.outputs.outcome, told(step)).toBe('fail');
    expect(await repository.people.reactionsOf(id)).toContain('confused');
    expect(await repository.events('held')).toEqual([]);
  });

  it('does nothing about talk', async () => {
    const step = await run('issue_comment', commentEvent('ben', 1, 1, 'Shall we /promote this?'));
    expect(step.exitCode, told(step)).toBe(0);
    expect(step.summary).toContain('nothing was looked at');
  });
});

describe('reconcile on a pull request', () => {
  const review = (number: number, repo: object) => ({
    payload: { action: 'submitted', pull_request: { number, head: { sha, repo } } },
  });

  it('looks again after a review', async () => {
    await run('push');
    const [found] = await repository.promotions();
    await repository.people.approve('ben', found?.number ?? 0);
    const step = await run('pull_request_review', review(found?.number ?? 0, { full_name: repository.name }));
    expect(step.exitCode, told(step)).toBe(0);
    expect(kindsOf(step)).toContain('check');
    const states = town.github.state.statuses.filter(({ commit: head }) => head === found?.head.commit);
    expect(states.at(-1)?.state).toBe('success');
  });

  it('does nothing for a fork, whatever its token may', async () => {
    const step = await run('pull_request_review', review(1, { full_name: 'stranger/penguins' }));
    expect(step.exitCode, told(step)).toBe(0);
    expect(step.summary).toContain('fork');
    expect(step.outputs).toMatchObject({ outcome: 'pass', applied: 'false' });
    expect(await repository.promotions()).toEqual([]);
  });
});
