import type { Answer } from '@model-gitops/lifecycle';
import { describe, expect, it } from 'vitest';
import { documentsOf, outputsOfOne, outputText } from './answer-documents.ts';

const answer = (document: unknown): Answer => ({ document, reports: [], outcome: 'pass', problemKind: null });
const one = { schema: 'model-gitops/register/1', model: 'fraud', version: '1.0.0' } as const;
const problem = { schema: 'model-gitops/problem/1', outcome: 'problem', model: 'churn', problems: [] };

describe('the documents of an answer', () => {
  it('are the document itself, or those of its models without what could not be asked', () => {
    expect(documentsOf<typeof one>(answer(one), one.schema)).toEqual([one]);
    const several = { schema: one.schema, outcome: 'problem', models: [one, problem] };
    expect(documentsOf<typeof one>(answer(several), one.schema)).toEqual([one]);
    expect(documentsOf<typeof one>(answer(problem), one.schema)).toEqual([]);
  });
});

describe('outputs', () => {
  it('are texts: empty for what is not known, JSON for lists and objects', () => {
    expect([null, undefined, '1.0.0', 0, false, [1], { a: null }].map(outputText)).toEqual([
      '',
      '',
      '1.0.0',
      '0',
      'false',
      '[1]',
      '{"a":null}',
    ]);
  });

  it('about one model are empty where there were more, or none', () => {
    const read = { version: ({ version }: typeof one) => version };
    expect(outputsOfOne([one], read)).toEqual({ version: '1.0.0' });
    expect(outputsOfOne([one, one], read)).toEqual({ version: '' });
    expect(outputsOfOne([], read)).toEqual({ version: '' });
  });
});
