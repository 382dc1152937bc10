import { describe, expect, it } from 'vitest';
import {
  approval,
  candidate,
  champion,
  fraudGates,
  fraudRecord,
  fraudState,
  head,
  pointerText,
  production,
  proposalQuestion,
  pullRequest,
  versionState,
} from '../testing/promotion-facts.ts';
import { plainText } from '../texts/report.ts';
import { judgeOther, judgeProposal, type ProposalQuestion } from './judge-proposal.ts';
import { judgeApprovals } from './judge-proposal-approvals.ts';
import type { CheckLine, ProposalFacts } from './types.ts';

const after = '2026-11-25T15:02:00Z';
const approved = { pullRequest: pullRequest({ reviews: [approval('ben')] }) };

function judged(facts: Partial<ProposalFacts> = {}, changes: Partial<ProposalQuestion> = {}) {
  const { outcome, lines } = judgeProposal(proposalQuestion({ ...approved, ...facts }, { now: after, ...changes }));
  const line = (name: CheckLine['name']) => {
    const found = lines.find((one) => one.name === name);
    return found === undefined ? null : { state: found.state, text: plainText(found.text) };
  };
  return { outcome, line, bad: lines.filter(({ state }) => state !== 'pass').map(({ name }) => name) };
}

const proposal = (text: string | null, fromText: string | null = pointerText(champion)) => ({
  proposal: { commit: head, text, fromText, isOurs: true },
});

describe('a promotion that keeps every rule', () => {
  it('passes, and every rule has its line', () => {
    const { outcome, bad, line } = judged();
    expect([outcome, bad]).toEqual(['pass', []]);
    expect(line('four-eyes')?.text).toBe('approved by @ben');
    expect(line('soak')?.text).toBe('24 h in staging, over since Wed 25 Nov 15:02 UTC');
  });

  it('has no line for what its policy does not ask', () => {
    const target = { ...production, policy: { name: 'production', approval: 'pull-request' as const } };
    const { line } = judged({}, { target });
    expect([line('after'), line('soak')]).toEqual([null, null]);
  });
});

describe('paths and origin', () => {
  it.each([
    [['registry/fraud/production.yaml', 'train.py'], 'train.py'],
    [['registry/fraud/staging.yaml'], 'registry/fraud/staging.yaml'],
    [[], 'changes nothing'],
  ])('refuses the files %j', (files, told) => {
    const { outcome, line } = judged({ pullRequest: pullRequest({ files, reviews: [approval('ben')] }) });
    expect(outcome).toBe('fail');
    expect(line('paths')).toMatchObject({ state: 'fail', text: expect.stringContaining(told) });
  });

  it.each([
    [{ head: { branch: production.branch, commit: head, isFork: true } }, 'another repository'],
    [{ head: { branch: 'model-gitops/promote/other/production', commit: head, isFork: false } }, 'promote/other'],
    [{ base: 'release' }, 'release'],
  ])('refuses %j', (changes, told) => {
    const { line } = judged({ pullRequest: pullRequest({ reviews: [approval('ben')], ...changes }) });
    expect(line('origin')).toMatchObject({ state: 'fail', text: expect.stringContaining(told) });
  });

  it('says that others pushed, which alone is no reason to refuse', () => {
    const { line } = judged({ proposal: { ...proposal(pointerText(candidate)).proposal, isOurs: false } });
    expect(line('origin')).toMatchObject({ state: 'pass', text: expect.stringContaining('commits of others') });
  });
});

describe('version', () => {
  it.each([
    ['a deleted pointer', null, 'deletes'],
    ['no pointer', 'version: 1.4.0\n', 'not readable'],
    ['an unregistered version', `version: 9.9.9\ndigest: ${candidate.digest}\n`, '9.9.9 is not registered'],
    ["a digest that is not the record's", `version: 1.4.0\ndigest: ${champion.digest}\n`, 'the record of 1.4.0 has'],
  ])('refuses %s, whatever title and labels say', (_, text, told) => {
    const { outcome, line } = judged(proposal(text));
    expect([outcome, line('version')?.state]).toEqual(['fail', 'fail']);
    expect(line('version')?.text).toContain(told);
  });

  it('refuses an archived version', () => {
    const versions = [champion, { ...candidate, state: 'archived' as const }];
    expect(judged({}, { state: { ...fraudState, versions } }).line('version')?.text).toContain('is archived');
  });
});

describe('the tag of a version', () => {
  const registered = (tagObject: string, version = candidate.version) =>
    ({ model: 'fraud', version, tagObject }) as ProposalQuestion['witnesses'][number];

  it('is the one that the ledger saw', () => {
    expect(judged({}, { witnesses: [registered(candidate.tagObject)] }).line('version')?.state).toBe('pass');
    expect(judged({}, { witnesses: [registered('0'.repeat(40), '9.9.9')] }).line('version')?.state).toBe('pass');
    const { line, outcome } = judged({}, { witnesses: [registered('0'.repeat(40))] });
    expect(line('version')).toMatchObject({ state: 'fail', text: expect.stringContaining('not the one that was') });
    expect(outcome).toBe('fail');
  });
});

describe('the list of archived versions', () => {
  const target = {
    ...production,
    environment: 'archived',
    path: 'registry/fraud/archived.yaml',
    policy: { name: 'archived', approval: 'pull-request' as const },
  };
  const list = (...versions: string[]) => `archived:\n${versions.map((version) => `  - ${version}\n`).join('')}`;
  const state = { ...fraudState, versions: [versionState(fraudRecord('1.1.0', 'e')), ...fraudState.versions] };

  function archive(text: string, current: string | null) {
    return judged({ ...proposal(text, current), purpose: 'archive' }, { target, current, state });
  }

  it('takes a version that nobody uses, beside those that are there', () => {
    expect(archive(list('1.1.0', '1.2.0'), list('1.1.0')).line('version')).toEqual({
      state: 'pass',
      text: 'fraud 1.2.0, used nowhere',
    });
  });

  it.each([
    [list('1.2.0', '1.3.0'), null, 'fraud 1.3.0 is in use: production'],
    [list('1.2.0', '7.0.0'), null, 'fraud 7.0.0 is not registered'],
    [list('1.2.0'), list('1.1.0'), '1.1.0 would be taken back'],
    [list('1.1.0'), list('1.1.0'), 'archives nothing'],
    ['archived: [1.2.0]\n', null, 'not readable'],
  ])('refuses %j after %j', (text, current, told) => {
    expect(archive(text, current).line('version')).toMatchObject({
      state: 'fail',
      text: expect.stringContaining(told),
    });
  });

  it('asks no gates, but a second person', () => {
    const { line } = archive(list('1.2.0'), null);
    expect([line('gates')?.text, line('four-eyes')?.state]).toEqual(['not asked of an archive', 'pass']);
  });
});

describe('stale', () => {
  it.each([
    [null, pointerText(champion)],
    [pointerText(champion), null],
    [pointerText(champion), `version: 1.3.0\ndigest: ${candidate.digest}\n`],
  ])('refuses what was made from %j while the default branch says %j', (fromText, current) => {
    expect(judged(proposal(pointerText(candidate), fromText), { current }).line('stale')?.state).toBe('fail');
  });
});

describe('gates', () => {
  const [gate] = fraudGates;
  const failed = { ...gate!, passed: false, state: 'failed' as const, reason: '0.88 is not > 0.9' };

  it('names a gate that failed', () => {
    expect(judged({ gates: [failed, ...fraudGates.slice(1)] }).line('gates')).toEqual({
      state: 'fail',
      text: '3 of 4 passed: metrics.accuracy > 0.9 (0.88 is not > 0.9)',
    });
  });

  it('lets a warning through and shows what is not applicable', () => {
    const idle = { ...gate!, passed: false, state: 'not-applicable' as const };
    const { state, text } = judged({ gates: [{ ...failed, level: 'warn' }, idle] }).line('gates')!;
    expect(state).toBe('pass');
    expect(text).toContain('1 not applicable yet; warned: metrics.accuracy > 0.9');
  });

  it('does not pass what nobody judged', () => {
    expect(judged({ gates: null }).line('gates')?.state).toBe('fail');
  });

  it('asks neither gates nor soak of a rollback', () => {
    const { outcome, line } = judged({ purpose: 'rollback', gates: [failed] }, { now: '2026-11-24T15:02:00Z' });
    expect([outcome, line('gates')?.text, line('after'), line('soak')]).toEqual([
      'pass',
      'not asked of a rollback',
      null,
      null,
    ]);
  });
});

describe('order and soak', () => {
  it('waits for the soak and says when it ends', () => {
    const { outcome, line } = judged({}, { now: '2026-11-25T15:01:59Z' });
    expect([outcome, line('soak')]).toEqual([
      'waiting',
      { state: 'waiting', text: '24 h in staging, ends Wed 25 Nov 15:02 UTC' },
    ]);
  });

  it('waits until the environment before wants it', () => {
    const environments = fraudState.environments.map((one) => ({ ...one, wanted: '1.3.0' }));
    const { outcome, line } = judged({}, { state: { ...fraudState, environments } });
    expect([outcome, line('after')?.text, line('soak')?.state]).toEqual([
      'waiting',
      'staging comes first, and wants 1.3.0',
      'waiting',
    ]);
  });
});

describe('four eyes', () => {
  const withReviews = (...reviews: ReturnType<typeof approval>[]) => ({ pullRequest: pullRequest({ reviews }) });

  it.each([
    ['the requester', approval('anna'), 'asked for this'],
    ['the requester in other letters', approval('Anna'), 'asked for this'],
    ['somebody without write access', approval('carl'), 'may not write here'],
    ['a bot', approval('ben', { author: { login: 'ben', isBot: true } }), 'no person'],
    ['somebody who saw an earlier commit', approval('ben', { commit: 'a'.repeat(40) }), 'an earlier commit'],
    ['somebody of whom the forge forgot what he saw', approval('ben', { commit: null }), 'an earlier commit'],
    ['somebody who only commented', approval('ben', { state: 'commented' }), 'needs one approval'],
  ])('does not count %s', (_, review, told) => {
    const { outcome, line } = judged(withReviews(review));
    expect([outcome, line('four-eyes')?.state]).toEqual(['waiting', 'waiting']);
    expect(line('four-eyes')?.text).toContain(told);
  });

  it('does not count who wrote a commit of it or opened it', () => {
    const reviews = [approval('ben')];
    const wrote = pullRequest({ reviews, committers: [{ login: 'ben', isBot: false }] });
    const opened = pullRequest({ reviews, author: { login: 'ben', isBot: false } });
    expect(judged({ pullRequest: wrote }).line('four-eyes')?.text).toContain('wrote a commit of this');
    expect(judged({ pullRequest: opened }).line('four-eyes')?.text).toContain('opened this');
  });

  it.each(['changes-requested', 'dismissed'] as const)('takes an approval away again: %s', (state) => {
    expect(judged(withReviews(approval('ben'), approval('ben', { state }))).outcome).toBe('waiting');
    expect(judged(withReviews(approval('ben', { state }), approval('ben'))).outcome).toBe('pass');
  });

  it('keeps an approval through a later comment', () => {
    expect(judged(withReviews(approval('ben'), approval('ben', { state: 'commented' }))).outcome).toBe('pass');
  });

  it('names who does not count and why beside who does', () => {
    const text = judged(withReviews(approval('anna'), approval('ben'))).line('four-eyes')?.text;
    expect(text).toBe('approved by @ben; @anna approved, but asked for this or wrote what is promoted');
  });

  it('never passes while it is unknown who asked', () => {
    expect(judged({ requesters: null }).line('four-eyes')?.state).toBe('fail');
    expect(judgeApprovals({ pullRequest: approved.pullRequest, requesters: null, writers: ['ben'] }).counted).toEqual(
      [],
    );
  });

  it('says that a commit status is advisory', () => {
    expect(judged({}, { checkKind: 'status' }).line('four-eyes')?.text).toContain('advisory');
    expect(judged().line('four-eyes')?.text).not.toContain('advisory');
  });
});

describe('any other pull request', () => {
  it('passes where the registry is left alone', () => {
    expect(judgeOther(pullRequest({ files: ['train.py', 'registry2/x', 'docs/registry/a'] }), 'registry').outcome).toBe(
      'pass',
    );
  });

  it.each([true, false])('fails where it is not (fork: %s)', (isFork) => {
    const other = pullRequest({ head: { branch: 'x', commit: head, isFork }, files: ['a', 'registry/fraud/x.yaml'] });
    const { outcome, lines } = judgeOther(other, 'registry');
    expect(outcome).toBe('fail');
    expect(plainText(lines[0]!.text)).toContain('registry/fraud/x.yaml');
  });
});
