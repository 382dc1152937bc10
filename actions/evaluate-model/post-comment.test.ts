import { tokenHider } from '@model-gitops/host';
import { type Answer, ProblemError, registerModel, renderMarkdown } from '@model-gitops/lifecycle';
import { beforeEach, describe, expect, it } from 'vitest';
import { type MemoryForge, memoryForge } from '../../packages/lifecycle/src/testing/memory-forge.ts';
import {
  type RegistryWorld,
  registration,
  registryWorld,
} from '../../packages/lifecycle/src/testing/registry-world.ts';
import { parseWorkflowFacts } from '../workflow-facts.ts';
import { parseCommentPlace } from './comment-place.ts';
import { type CommentRequest, withComment } from './post-comment.ts';
import { keyOf } from './sticky-comment.ts';

const head = 'b'.repeat(40);
const home = { full_name: 'acme/fraud', default_branch: 'main' };
const eventOf = (repo: object) => ({ repository: home, pull_request: { number: 1, head: { sha: head, repo } } });
const environment = (run: number) => ({
  GITHUB_EVENT_NAME: 'pull_request',
  GITHUB_REPOSITORY: 'acme/fraud',
  GITHUB_RUN_ID: '8123',
  GITHUB_RUN_NUMBER: String(run),
});

function answerOf(outcome: 'pass' | 'fail', digit = 'a', text = 'passed'): Answer {
  const model = { sha256: digit.repeat(64) };
  const headline = [{ strong: 'fraud' }, `: ${text}`];
  return {
    document: { schema: 'model-gitops/evaluate/1', modelName: 'fraud', outcome, model },
    reports: [{ outcome, headline, blocks: [], cases: [], annotations: [] }],
    outcome,
    problemKind: null,
  };
}

let world: RegistryWorld;
let forge: MemoryForge;
let fault: (call: string) => void;
beforeEach(async () => {
  world = await registryWorld();
  fault = () => {};
  const { repository, host } = world;
  forge = memoryForge({
    repository,
    host,
    actor: 'github-actions[bot]',
    fault: (call) => {
      fault(call);
      return undefined;
    },
  });
  await forge.addPerson('anna', 'write');
  await forge.push('anna', 'change', { 'train.py': 'fit(2)\n' });
  await forge.openAs('anna', { branch: 'change', base: 'main', title: 'A change', body: '' });
});

const openReader = async () => ({ reader: world, notes: () => [] });
const bodies = async () => (await forge.comments.list(1)).map(({ body }) => body);

function evaluated(answer: Answer, more: Partial<CommentRequest> & { run?: number; repo?: object } = {}) {
  const { run = 41, repo = home, ...request } = more;
  const facts = parseWorkflowFacts(environment(run), eventOf(repo));
  const place = parseCommentPlace(eventOf(repo), environment(run));
  const key = keyOf(['fraud'], null);
  const hide = tokenHider({ 'INPUT_GITHUB-TOKEN': 'ghs_secret' });
  return withComment(answer, { mode: 'changes', key, place, facts, hide, ...request }, { forge, openReader });
}

describe('the comment of an evaluation', () => {
  it('is the text of the summary, with the run that it is of', async () => {
    const answer = answerOf('fail', 'a', 'ghs_secret failed');
    expect(await evaluated(answer)).toBe(answer);
    expect(await bodies()).toEqual([
      [
        `<!-- model-gitops:eval key=fraud sha=${head} run=41 v=1 -->`,
        '### **fraud**: *** failed',
        '',
        '[Run 41](https://github.com/acme/fraud/actions/runs/8123) of `bbbbbbbbbbbb`',
        '',
      ].join('\n'),
    ]);
  });

  it('is edited by newer runs, and left alone by older ones', async () => {
    await evaluated(answerOf('fail', 'a', 'first'));
    await evaluated(answerOf('pass', 'a', 'second'), { run: 42 });
    await evaluated(answerOf('fail', 'a', 'late'), { run: 40 });
    expect(await bodies()).toEqual([expect.stringContaining('second')]);
  });

  it('leaves a comment of a stranger that looks like it', async () => {
    const forged = `<!-- model-gitops:eval key=fraud sha=${head} run=999 v=1 -->\nAll well`;
    await forge.comment('eve', 1, forged);
    await evaluated(answerOf('fail'));
    expect(await bodies()).toEqual([forged, expect.stringContaining('fraud')]);
  });

  it('is not made for what is registered already, but for every other change, and always where it is asked', async () => {
    await registerModel(registration(world.head, 'a'), world);
    await evaluated(answerOf('pass', 'a'));
    expect(await bodies()).toEqual([]);
    await evaluated(answerOf('pass', 'a'), { mode: 'always', key: 'always' });
    await evaluated(answerOf('pass', 'c'), { key: 'changed' });
    expect(await bodies()).toHaveLength(2);
    await evaluated(answerOf('fail', 'c'), { mode: 'never', key: 'never' });
    expect(await bodies()).toHaveLength(2);
  });

  it('is kept up to date once it is there, also with what is no news', async () => {
    await registerModel(registration(world.head, 'a'), world);
    await evaluated(answerOf('fail', 'c', 'failed'));
    await evaluated(answerOf('pass', 'a', 'as registered'), { run: 42 });
    expect(await bodies()).toEqual([expect.stringContaining('as registered')]);
  });

  it('fits into a comment of GitHub, however long the report is', async () => {
    const paragraph = { kind: 'paragraph', text: 'word '.repeat(400) } as const;
    const [report] = answerOf('fail').reports;
    const answer = {
      ...answerOf('fail'),
      reports: [{ ...report!, blocks: Array.from({ length: 60 }, () => paragraph) }],
    };
    await evaluated(answer);
    const [body = ''] = await bodies();
    expect(body.length).toBeLessThanOrEqual(60_000);
    expect(body).toContain('Cut here');
    expect(body).toContain('[Run 41]');
  });
});

describe('a comment that cannot be written', () => {
  const problem = (code: string, message: string) => new ProblemError({ code, message, remedy: 'x' });

  it.each([
    ['forge-permission', 'Resource not accessible by integration'],
    ['forge-not-found', 'Not Found'],
  ])('is a warning that names the line to add: %s', async (code, message) => {
    fault = (call) => {
      if (call === 'comments.create') throw problem(code, message);
    };
    const told = await evaluated(answerOf('pass'));
    expect(told.outcome).toBe('pass');
    expect(renderMarkdown(told.reports)).toContain('pull-requests: write');
    expect(told.reports[0]?.annotations).toEqual([
      { level: 'warning', title: 'evaluate-model', message: expect.stringContaining(message) },
    ]);
    expect(await bodies()).toEqual([]);
  });

  it('does not blame the permissions for a network that is away', async () => {
    fault = () => {
      throw problem('forge-unreachable', 'GitHub did not answer.');
    };
    const told = await evaluated(answerOf('fail'));
    expect(told.outcome).toBe('fail');
    expect(renderMarkdown(told.reports)).not.toContain('pull-requests: write');
    expect(renderMarkdown(told.reports)).toContain('GitHub did not answer.');
  });

  it('is not tried for a fork', async () => {
    fault = (call) => {
      throw new Error(`${call} was asked`);
    };
    const told = await evaluated(answerOf('fail'), { repo: { full_name: 'stranger/fraud' } });
    expect(renderMarkdown(told.reports)).toContain('pull-requests: write');
    expect(told.outcome).toBe('fail');
  });

  it('is nothing where there is no pull request, or no forge', async () => {
    const answer = answerOf('fail');
    expect(await evaluated(answer, { place: null })).toBe(answer);
    const facts = parseWorkflowFacts(environment(1), eventOf(home));
    const request = { mode: 'always', key: 'x', place: { number: 1, run: 1 }, facts, hide: String } as const;
    expect(await withComment(answer, request, { forge: null, openReader })).toBe(answer);
    expect(await bodies()).toEqual([]);
  });

  it('stays a defect where it is one', async () => {
    fault = () => {
      throw new TypeError('ours');
    };
    await expect(evaluated(answerOf('fail'))).rejects.toThrow('ours');
  });
});

describe('the place of a comment', () => {
  it('is the pull request of the event, and the number of the run', () => {
    expect(parseCommentPlace(eventOf(home), environment(41))).toEqual({ number: 1, run: 41 });
    expect(parseCommentPlace(eventOf(home), {})).toEqual({ number: 1, run: 0 });
    for (const payload of [{}, null, { pull_request: { number: '1' } }])
      expect(parseCommentPlace(payload, environment(41))).toBeNull();
  });
});
