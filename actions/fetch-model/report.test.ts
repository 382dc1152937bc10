import { type PullDocument, renderMarkdown } from '@model-gitops/lifecycle';
import { describe, expect, it } from 'vitest';
import { tellFetched } from './report.ts';

const pulled = (path: string): PullDocument => ({
  schema: 'model-gitops/pull/1',
  outcome: 'pass',
  model: 'fraud',
  version: '1.4.0',
  digest: `sha256:${'ab'.repeat(32)}`,
  files: [{ name: 'model.onnx', path, sha256: 'ab'.repeat(32), size: 7 }],
  approved: null,
  notes: ['approval is unknown'],
});

describe('what is told of a fetched model', () => {
  it.each([
    ['/runner/checkout/model/model.onnx', '`model/model.onnx`'],
    ['/mnt/models/model.onnx', '`/mnt/models/model.onnx`'],
  ])('names the file from the folder of the workflow: %s', (path, told) => {
    const { reports, document } = tellFetched(pulled(path), '/runner/checkout');
    const text = renderMarkdown(reports);
    expect(document).toEqual(pulled(path));
    expect(text).toContain(`| ${told} | 7 B |`);
    expect(text).toContain('approval is unknown');
  });
});
