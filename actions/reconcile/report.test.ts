import { renderMarkdown } from '@model-gitops/lifecycle';
import { describe, expect, it } from 'vitest';
import { answerOf, answerWithNothing, forkNote } from './report.ts';

describe('what reconcile tells', () => {
  it('is each change with its reason, in words that call nobody', () => {
    const reason = 'asked by @anna in #7';
    const changes = [{ kind: 'check', model: null, number: 7, head: 'a', reason }] as never;
    const answer = answerOf({ schema: 'model-gitops/reconcile/1', outcome: 'pass', changes, applied: true, notes: [] });
    const text = renderMarkdown(answer.reports);
    expect(text).toMatch(/^### ✅ 1 change made/);
    expect(text).not.toMatch(/@anna|#7/);
  });

  it('says that nothing was looked at, and not that all is well', () => {
    const { outcome, reports, document } = answerWithNothing(forkNote);
    expect(outcome).toBe('pass');
    expect(renderMarkdown(reports)).toBe(`### ➖ nothing was looked at\n\n${forkNote}\n`);
    expect(document).toMatchObject({ schema: 'model-gitops/reconcile/1', applied: false, notes: [forkNote] });
  });
});
