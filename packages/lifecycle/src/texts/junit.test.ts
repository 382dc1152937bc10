import { describe, expect, it } from 'vitest';
import { renderJunit } from './junit.ts';

describe('renderJunit', () => {
  it('counts failures and escapes what data says', () => {
    const cases = [
      { name: 'a<b', group: 'g', outcome: 'pass' },
      { name: 'c', group: 'g', outcome: 'inconclusive', message: 'too "few"\u0000 rows\ud800' },
      { name: 'd', group: 'g', outcome: 'skipped', message: 'not yet' },
    ] as const;
    const text = renderJunit('check', [{ outcome: 'fail', headline: '', blocks: [], cases, annotations: [] }]);
    expect(text).toContain('<testsuites tests="3" failures="1" skipped="1">');
    expect(text).toContain('name="a&#60;b"');
    expect(text).toContain('type="inconclusive" message="too &#34;few&#34;\ufffd rows\ufffd"');
  });
});
