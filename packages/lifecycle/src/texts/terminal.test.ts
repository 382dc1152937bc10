import { describe, expect, it } from 'vitest';
import { renderTerminal } from './terminal.ts';

const plain = { colour: false };

function table(rows: readonly (readonly string[])[]) {
  const columns = [{ title: 'Model' }, { title: 'n', align: 'right' }] as const;
  return [
    { outcome: 'pass', headline: 'x', blocks: [{ kind: 'table', columns, rows }], cases: [], annotations: [] },
  ] as const;
}

describe('renderTerminal', () => {
  it('aligns columns by what they take on a screen', () => {
    expect(
      renderTerminal(
        table([
          ['fraud', '12'],
          ['日本', '1'],
        ]),
        plain,
      ),
    ).toBe('x\n  Model   n\n  fraud  12\n  日本    1\n');
  });

  it('lets no text move the cursor or colour the screen', () => {
    const text = renderTerminal(table([['\u001b[31mred\u001b[0m\u0007', '\u202e1']]), plain);
    for (const sign of ['\u001b', '\u0007', '\u202e']) expect(text).not.toContain(sign);
    expect(text).toContain('\ufffd[31mred');
  });

  it('colours marks only where it is asked to', () => {
    const report = [
      { outcome: 'fail', headline: [{ mark: 'fail' }, ' no'], blocks: [], cases: [], annotations: [] },
    ] as const;
    expect(renderTerminal(report, plain)).toBe('✗ no\n');
    expect(renderTerminal(report, { colour: true })).toBe('\u001b[31m✗\u001b[0m no\n');
  });
});
