import { describe, expect, it } from 'vitest';
import { escapeMarkdown, renderMarkdown } from './markdown.ts';
import type { Block, Report, Sentence } from './report.ts';

function report(headline: Sentence, ...blocks: readonly Block[]): Report {
  return { outcome: 'pass', headline, blocks, cases: [], annotations: [] };
}

describe('escapeMarkdown', () => {
  it.each([
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['a|b', 'a\\|b'],
    ['**bold** _it_ `x`', '\\*\\*bold\\*\\* \\_it\\_ \\`x\\`'],
    ['[x](http://evil.test)', '\\[x\\](http:\u2060//evil.test)'],
    ['@acme/all and #12', '@\u2060acme/all and #\u206012'],
    ['- item', '\\- item'],
    ['1. item', '1\\. item'],
    ['two\r\nlines\tand', 'two lines and'],
    ['\u202egnp.exe\u0007', 'gnp.exe'],
    ['&lt;', '&amp;lt;'],
  ])('%j has no effect', (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });
});

describe('renderMarkdown', () => {
  it('writes a verdict, a table and folded details', () => {
    const table: Block = {
      kind: 'table',
      columns: [{ title: 'Metric' }, { title: '', align: 'right' }],
      rows: [[{ code: 'f1|macro' }, '0.9']],
    };
    const text = renderMarkdown([
      report([{ mark: 'pass' }, ' ', { strong: 'fraud' }, ': good'], table, {
        kind: 'details',
        title: 'All',
        blocks: [table],
      }),
    ]);
    expect(text).toBe(
      '### ✅ **fraud**: good\n\n| Metric |  |\n|:--|--:|\n| `f1\\|macro` | 0.9 |\n\n<details><summary>All</summary>\n\n| Metric |  |\n|:--|--:|\n| `f1\\|macro` | 0.9 |\n\n</details>\n',
    );
  });

  it('keeps backticks of a value inside its code span', () => {
    expect(renderMarkdown([report([{ code: 'a`b``c' }])])).toBe('### ``` a`b``c ```\n');
  });

  it('fences foreign output so that it cannot leave its fence', () => {
    const text = renderMarkdown([report('x', { kind: 'code', text: '```\n# out\n```' })]);
    expect(text).toContain('````text\n```\n# out\n```\n````');
  });

  it('stays within its budget and says that it was cut', () => {
    const long: Block = { kind: 'paragraph', text: 'x'.repeat(400) };
    const text = renderMarkdown([report('x', long, long, long)], 1000);
    expect(text.length).toBeLessThan(1000);
    expect(text).toContain('Cut here');
  });

  it('shows the first rows of a long table and says how many are left', () => {
    const rows = Array.from({ length: 40 }, (_, row) => [String(row)]);
    const text = renderMarkdown([report('x', { kind: 'table', columns: [{ title: 'n' }], rows })]);
    expect(text).toContain('and 15 more');
    expect(text).not.toContain('| 30 |');
  });
});
