import { describe, expect, it } from 'vitest';
import { parseAction } from '../actions/read-action.ts';
import { judgeExample, listYamlBlocks } from './yaml-examples.ts';

const actions = [parseAction('scan-model', 'inputs:\n  path: { required: true }\n  depth: { default: "3" }\n')];
const judge = (text: string) => judgeExample({ where: 'README.md:3', text }, actions);

describe('the examples of a Markdown file', () => {
  it('are its YAML blocks, with the line where they start', () => {
    const markdown = 'Text\n\n```yaml\na: 1\n```\n\n1. item\n\n   ```yml\n   b: 2\n   ```\n\n```json\n{}\n```\n';
    expect(listYamlBlocks('README.md', markdown)).toEqual([
      { where: 'README.md:3', text: 'a: 1\n' },
      { where: 'README.md:9', text: 'b: 2\n' },
    ]);
  });

  it('may use what action.yml offers, as a step or in a workflow', () => {
    expect(judge('- uses: acme/model-gitops/actions/scan-model@v1\n  with: { path: model.onnx }\n')).toEqual([]);
    expect(judge('jobs: { a: { steps: [{ uses: ./actions/scan-model, with: { path: m, depth: 1 } }] } }')).toEqual([]);
    expect(judge('- uses: actions/checkout@v5\n  with: { anything: 1 }\n')).toEqual([]);
  });

  it('fail with an input that is unknown or missing', () => {
    expect(judge('- uses: acme/model-gitops/actions/scan-model@v1\n  with: { paths: model.onnx }\n')).toEqual([
      'README.md:3: scan-model has no input paths',
      'README.md:3: scan-model needs the input path',
    ]);
  });

  it('fail with an action that is not there, and where they are no YAML', () => {
    expect(judge('- uses: acme/model-gitops/actions/scan@v1\n')).toEqual(['README.md:3: there is no action scan']);
    expect(judge('a: [1\n')).toHaveLength(1);
  });
});
