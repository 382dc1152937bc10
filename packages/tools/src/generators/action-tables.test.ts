import { describe, expect, it } from 'vitest';
import { parseAction } from '../actions/read-action.ts';
import { renderTables } from './action-tables.ts';

const action = parseAction(
  'scan-model',
  `inputs:
  path: { description: "File | folder\\n to scan", required: true }
  depth: { description: How deep, default: '3' }
outputs:
  verdict: { description: The worst of all }
`,
);
const readme =
  'Before\n\n<!-- inputs -->\nold\n<!-- /inputs -->\n\nBetween\n\n<!-- outputs -->\n<!-- /outputs -->\n\nAfter\n';

describe('the tables of a README', () => {
  it('stand between their marks, and nothing else is touched', () => {
    expect(renderTables(readme, action, 'README.md')).toBe(`Before

<!-- inputs -->

| input | default | what it means |
|---|---|---|
| \`path\` | **required** | File \\| folder to scan |
| \`depth\` | \`3\` | How deep |

<!-- /inputs -->

Between

<!-- outputs -->

| output | what it holds |
|---|---|
| \`verdict\` | The worst of all |

<!-- /outputs -->

After
`);
  });

  it('are the same when they are made again', () => {
    const once = renderTables(readme, action, 'README.md');
    expect(renderTables(once, action, 'README.md')).toBe(once);
  });

  it('need their marks', () => {
    expect(() => renderTables('# Scan\n', action, 'actions/scan-model/README.md')).toThrow('<!-- inputs -->');
  });
});
