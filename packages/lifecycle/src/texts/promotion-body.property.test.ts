import fc from 'fast-check';
import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { judgeProposal } from '../reconcile/judge-proposal.ts';
import {
  approval,
  fraudRecord,
  production,
  promotionView,
  proposalQuestion,
  pullRequest,
  versionState,
} from '../testing/promotion-facts.ts';
import { describeCheck } from './describe-check.ts';
import { mergeBody, renderPromotion } from './promotion-body.ts';
import { renderClosed, renderMovedOn, renderRefusal } from './promotion-comments.ts';

const seed = 20261125;

const pieces = [
  ...[
    '@anna',
    '@acme/all',
    '#12',
    'GH-12',
    'closes #1',
    'Fixes acme/fraud#3',
    'resolves https://github.com/a/b/issues/1',
  ],
  ...[
    '<script>alert(1)</script>',
    '<img src=x onerror=y>',
    '</details>',
    '<!-- model-gitops:end -->',
    '<!--',
    '-->',
    '&lt;b&gt;',
  ],
  ...[
    '|',
    '\\|',
    '\\\\|',
    '\n',
    '\r\n',
    '\n\n',
    '```',
    '````',
    '~~~',
    '`',
    '``',
    '"]',
    '--> x',
    'end',
    '%%{init}%%',
    ';',
  ],
  ...[
    '[x](javascript:alert(1))',
    '![x](http://evil.test/p.png)',
    '[a]: http://evil.test',
    'www.evil.test',
    'mailto:a@b.c',
  ],
  ...[
    '# big',
    '---',
    '===',
    '> [!WARNING]',
    '- [ ] x',
    '1. x',
    '/promote',
    '$x$',
    '\u202e',
    '\u0000',
    '\u200b',
    '🐧',
    '\ud800',
  ],
  '<!-- model-gitops:begin promotion key=fraud/production version=9.9.9 v=1 -->',
];
const nasty = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'grapheme', maxLength: 8 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => parts.join(''));
const key = nasty.filter((text) => text !== '__proto__');

interface Hostile {
  readonly words: readonly string[];
}
const hostile = fc.record({ words: fc.array(key, { minLength: 12, maxLength: 12 }) });

function textsOf({ words }: Hostile): readonly string[] {
  const [a = '', b = '', c = '', d = '', e = '', f = '', g = '', h = '', i = '', j = '', k = '', l = ''] = words;
  const record = fraudRecord('1.4.0', 'b', {
    description: a,
    owner: b,
    intendedUse: c,
    license: d,
    tags: [e, f],
    features: { definition: null, columns: [g, h] },
    data: { [i]: { uri: j, sha256: 'b'.repeat(64), rows: 3, profile: null, dvc: null } },
    scan: null,
    lineage: { workflowRun: k, parent: null },
    artifacts: [{ name: l, kind: 'file', format: a, sha256: 'b'.repeat(64), size: 3, uri: b }],
    training: { ...fraudRecord('1.4.0', 'b').training, run: c, parameters: { [d]: e, [f]: 1 } },
    evaluation: {
      ...fraudRecord('1.4.0', 'b').evaluation,
      metrics: { [g]: 0.5, accuracy: 0.9 },
      bias: { [h]: { [i]: 0.5 } },
      performance: { [j]: 1 },
    },
  });
  const gates = [
    {
      if: k,
      passed: false,
      state: 'failed' as const,
      level: 'error' as const,
      reason: l,
      position: { file: a, line: 3 },
    },
  ];
  const reviews = [approval(b), approval(c, { state: 'changes-requested' }), approval(d, { commit: null })];
  const head = { branch: e, commit: '5'.repeat(40), isFork: false };
  const judgement = judgeProposal(
    proposalQuestion({
      gates,
      requesters: [b, f],
      pullRequest: pullRequest({ reviews, head, files: [g, h], base: i }),
      proposal: { commit: head.commit, text: j, fromText: k, isOurs: false },
    }),
  );
  const check = describeCheck({ target: production, purpose: 'promote', version: '1.4.0' }, judgement);
  return [
    renderPromotion(promotionView({ candidate: versionState(record), judgement, gates })),
    renderPromotion(
      promotionView({ candidate: versionState(record), champion: null, judgement, gates, repositoryUrl: null }),
    ),
    check.summary,
    renderMovedOn({ target: production, from: '1.3.0', to: '1.4.0', approvers: [a, b] }),
    renderClosed({ target: production, version: '1.4.0', reason: c }),
    renderRefusal({ command: d, reasons: [e, f] }),
  ];
}

/** What a forge would look for references in: no code, no comments of ours. */
function prose(html: string): string {
  return html
    .replace(/<!-- model-gitops:[^>]*-->/g, '')
    .replace(/<pre>[\s\S]*?<\/pre>|<code[^>]*>[\s\S]*?<\/code>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#39;|&quot;/g, "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

const ourTags =
  /^<\/?(p|strong|table|thead|tbody|tr|th|td|code|pre|ul|li|details|summary|a)( (align="(left|right)"|class="language-mermaid"|href="https:\/\/github\.com\/acme\/fraud\/(commit|compare)\/[^"]*"))*>$/;

describe('text that people or data wrote', () => {
  it('calls nobody, links nothing, closes nothing, breaks nothing', () => {
    fc.assert(
      fc.property(hostile, (words) => {
        for (const text of textsOf(words)) {
          const html = marked.parse(text, { gfm: true, async: false });
          const told = prose(html);
          expect(told).not.toMatch(/@[\p{L}\p{N}_]/u);
          expect(told).not.toMatch(/#\d|\bGH-\d/i);
          expect(told).not.toMatch(/https?:\/\/|www\./i);
          const tags = html.replace(/<!-- model-gitops:[^>]*-->/g, '').match(/<\/?[a-z!][^>]*>/gi) ?? [];
          for (const tag of tags) expect(tag).toMatch(ourTags);
        }
      }),
      { seed, numRuns: 120 },
    );
  });

  it('never looks like a marker of ours, and leaves every row its cells', () => {
    fc.assert(
      fc.property(hostile, (words) => {
        for (const text of textsOf(words)) {
          const isBody = text.startsWith('<!-- model-gitops:begin');
          expect(text.match(/<!--/g) ?? []).toHaveLength(isBody ? 2 : 0);
          for (const token of marked.lexer(text)) {
            if (token.type !== 'table') continue;
            expect(token.raw.trim().split('\n')).toHaveLength(token.rows.length + 2);
          }
          if (isBody) expect(mergeBody(text, text)).toBe(text);
        }
      }),
      { seed, numRuns: 120 },
    );
  });

  it('is kept byte for byte outside the markers', () => {
    const plain = renderPromotion(promotionView());
    const foreign = nasty.filter((text) => !text.includes('model-gitops:'));
    fc.assert(
      fc.property(foreign, foreign, (before, below) => {
        const merged = mergeBody(`${before}\n${plain}\n${below}`, plain);
        expect(merged).toBe(`${before}\n${plain}\n${below}`);
      }),
      { seed, numRuns: 120 },
    );
  });
});
