import { describe, expect, it } from 'vitest';
import { judgeOther, judgeProposal } from '../reconcile/judge-proposal.ts';
import {
  approval,
  candidate,
  champion,
  fraudGates,
  fraudRecord,
  production,
  promotionView,
  proposalQuestion,
  pullRequest,
  versionState,
} from '../testing/promotion-facts.ts';
import { describeCheck, describeOtherCheck } from './describe-check.ts';
import { renderPromotionTitle } from './describe-promotion.ts';
import { mergeBody, renderPromotion } from './promotion-body.ts';
import { renderClosed, renderHelp, renderMovedOn, renderRefusal } from './promotion-comments.ts';

const ready = judgeProposal(
  proposalQuestion({ pullRequest: pullRequest({ reviews: [approval('ben')] }) }, { now: '2026-11-25T16:00:00Z' }),
);
const waiting = judgeProposal(proposalQuestion({ pullRequest: pullRequest({ reviews: [approval('anna')] }) }));
const refused = judgeProposal(
  proposalQuestion({
    pullRequest: pullRequest({ files: [production.path, 'train.py'] }),
    gates: fraudGates.map((gate) => ({ ...gate, passed: false, state: 'failed' as const })),
  }),
);
const ours = renderPromotion(promotionView({ judgement: waiting }));
const begin = '<!-- model-gitops:begin promotion key=fraud/production version=1.4.0 v=1 -->';
const end = '<!-- model-gitops:end -->';

describe('the title', () => {
  it.each([
    ['promote', '1.3.0', 'Promote fraud 1.4.0 to production (from 1.3.0)'],
    ['promote', null, 'Promote fraud 1.4.0 to production (the first there)'],
    ['rollback', '1.5.0', 'Roll back fraud in production to 1.4.0 (from 1.5.0)'],
    ['archive', null, 'Archive fraud 1.4.0'],
  ] as const)('of a %s from %s', (purpose, from, title) => {
    expect(renderPromotionTitle({ target: production, purpose, version: '1.4.0', from })).toBe(title);
  });
});

describe('the body', () => {
  it('tells a promotion that waits', async () => {
    await expect(`${ours}\n`).toMatchFileSnapshot('promotion-waiting.md');
  });

  it('tells a first version in one column', async () => {
    const text = renderPromotion(promotionView({ judgement: ready, champion: null, isHeld: true }));
    await expect(`${text}\n`).toMatchFileSnapshot('promotion-first.md');
  });

  it('tells a rollback, without anything to link to', async () => {
    const view = promotionView({
      judgement: ready,
      purpose: 'rollback',
      candidate: champion,
      champion: candidate,
      gates: [],
      repositoryUrl: null,
    });
    await expect(`${renderPromotion(view)}\n`).toMatchFileSnapshot('promotion-rollback.md');
  });

  it('tells an archive', () => {
    const archived = { ...production, environment: 'archived' };
    const text = renderPromotion(
      promotionView({ judgement: ready, purpose: 'archive', target: archived, champion: null }),
    );
    expect(text).toContain('**Merging this archives fraud 1.4.0**: nobody can promote it any more.');
    expect(text).not.toContain('mermaid');
  });

  it('does not change while the clock alone does', () => {
    const at = (now: string) =>
      renderPromotion(promotionView({ judgement: judgeProposal(proposalQuestion({}, { now })) }));
    expect(at('2026-11-25T15:01:00Z')).toBe(at('2026-11-24T15:03:00Z'));
  });

  it('says what is worse, and that other test data was used', () => {
    const record = fraudRecord('1.4.0', 'b', {
      data: { test: { uri: 'x', sha256: '8'.repeat(64), rows: 20_000, profile: null, dvc: null } },
      evaluation: { ...candidate.record.evaluation, metrics: { accuracy: 0.8, custom: 3 } },
    });
    const text = renderPromotion(promotionView({ candidate: versionState(record) }));
    expect(text).toContain('| `accuracy` | 0.924 | 0.8 | worse by 0.124 | &gt; 0.9 |');
    expect(text).toContain('| `custom` | – | 3 |  |  |');
    expect(text).toContain('The two were judged on different test data.');
  });

  it('drops what matters least where it would be too long, and says so', () => {
    const parameters = Object.fromEntries(Array.from({ length: 900 }, (_, index) => [`m${index}`, 0.5]));
    const long = fraudRecord('1.4.0', 'b', {
      description: '🐧'.repeat(3000),
      evaluation: { ...candidate.record.evaluation, metrics: parameters },
    });
    const view = promotionView({ candidate: versionState(long), judgement: waiting });
    const [whole, cut] = [renderPromotion(view), renderPromotion(view, 6000)];
    expect(whole).toContain('About the model');
    expect(cut.length).toBeLessThanOrEqual(6000);
    expect(cut).not.toContain('About the model');
    expect(cut).toContain('Cut here');
    expect(cut).toContain('Rules and commands');
    expect(cut.endsWith(end)).toBe(true);
    expect(cut).not.toMatch(/\p{Cs}/u);
  });
});

describe('a body that people wrote in', () => {
  const newer = renderPromotion(promotionView({ judgement: ready }));

  it.each([
    ['', ''],
    ['Look at the plot first.\r\n\r\n', '\r\n\r\nThanks!  \r\n'],
    ['# Notes\n', `\n\nlone end ${end}\nand text`],
    [`a lone begin:\n${begin}\nand text\n`, '\n'],
    ['', `\n\n${end}`],
  ])('keeps %j and %j byte for byte', (before, below) => {
    expect(mergeBody(`${before}${ours}${below}`, newer)).toBe(`${before}${newer}${below}`);
  });

  it('finds its part again after a web form changed the line ends', () => {
    expect(mergeBody(`mine\r\n${ours.replaceAll('\n', '\r\n')}\r\nmine too`, newer)).toBe(
      `mine\r\n${newer}\r\nmine too`,
    );
  });

  it('comes first where there is no part of ours yet', () => {
    expect(mergeBody('What I think\n', ours)).toBe(`${ours}\n\nWhat I think\n`);
    expect(mergeBody(' \n', ours)).toBe(ours);
  });

  it('leaves no second copy that nobody keeps up to date', () => {
    expect(mergeBody(`a\n${ours}\nb\n${ours}\nc`, newer)).toBe(`a\n${newer}\nb\n\nc`);
  });

  it('takes no part of another promotion for its own', () => {
    const other = ours.replace('key=fraud/production', 'key=churn/production');
    expect(mergeBody(other, ours)).toBe(`${ours}\n\n${other}`);
  });

  it('merged twice is merged once', () => {
    const once = mergeBody(`x\n${begin}\ny\n${end}\nz\n${end}`, newer);
    expect(mergeBody(once, newer)).toBe(once);
  });

  it('gives way where people wrote a lot, and never cuts what they wrote', () => {
    const people = 'ä'.repeat(57_500);
    const body = mergeBody(`${people}\n${ours}\n`, newer);
    expect(body.startsWith(`${people}\n${begin}`)).toBe(true);
    expect(body.length).toBeLessThanOrEqual(60_000);
    expect(body).toContain('**Merging this puts fraud 1.4.0 into production**');
    expect(body).toContain('Cut here');
    expect(body.endsWith(`${end}\n`)).toBe(true);
    expect((body.match(/<details>/g) ?? []).length).toBe((body.match(/<\/details>/g) ?? []).length);
  });
});

describe('the check', () => {
  const subject = { target: production, purpose: 'promote', version: '1.4.0' } as const;

  it.each([
    [ready, 'Ready to merge'],
    [waiting, 'Waiting for soak, review'],
    [refused, 'Refused: files, gates; waiting for soak, review'],
  ])('says first what is missing', (judgement, title) => {
    const check = describeCheck(subject, judgement);
    expect(check.title).toBe(title);
    expect(check.summary.startsWith(`**${title}**: fraud 1.4.0 to production.`)).toBe(true);
  });

  it('tells every rule', async () => {
    await expect(describeCheck(subject, waiting).summary).toMatchFileSnapshot('promotion-check.md');
  });

  it('has little to say of other pull requests, unless they touch the registry', () => {
    const other = (files: readonly string[]) => describeOtherCheck(judgeOther(pullRequest({ files }), 'registry'));
    expect(other(['train.py']).title).toBe('No registry change');
    expect(other(['registry/x.yaml']).summary).toContain('`registry/x.yaml`');
  });
});

describe('comments', () => {
  it('say what happened and call nobody', () => {
    expect(renderMovedOn({ target: production, from: '1.4.0', to: '1.5.0', approvers: ['ben'] })).toBe(
      '**Now about fraud 1.5.0**, which is newer than 1.4.0. The approval of `@ben` was of 1.4.0; 1.5.0 needs its own.',
    );
    expect(renderClosed({ target: production, version: '1.4.0', reason: 'production wants it already' })).toBe(
      '**Closed**: production wants it already. Nothing about fraud 1.4.0 in production changed by this.',
    );
    expect(renderRefusal({ command: '/promote 9 @all', reasons: ['@all: "9" is no version'] })).toBe(
      '`/promote 9 @all` was not carried out: @\u2060all: "9" is no version',
    );
    expect(renderRefusal({ command: '/hold', reasons: ['a', 'b'] })).toContain('- a\n- b');
    expect(renderHelp()).toContain('| `/rollback [environment]` |');
  });
});
