import { describe, expect, it } from 'vitest';
import { readWith, refusalOf } from '../testing/read-with.ts';
import { Inputs } from './inputs.ts';

const read = (given: Record<string, string> = {}) => readWith('validate-data', Inputs, given);
const refusal = (given: Record<string, string>) => refusalOf('validate-data', Inputs, given);

describe('the inputs of validate-data', () => {
  it('are all models with a summary of each result, unless the step says otherwise', () => {
    expect(read()).toEqual({
      model: ['all'],
      'result-format': 'SUMMARY',
      'working-directory': '.',
      store: null,
      'fail-on': 'critical',
      'on-inconclusive': 'fail',
      'upload-report': true,
      'github-token': '$'.concat('{{ github.token }}'),
    });
  });

  it.each([['fraud,churn'], ['fraud churn'], ['fraud,\n churn\n'], [' fraud , churn ']])(
    'take several models: %j',
    (model) => {
      expect(read({ model }).model).toEqual(['fraud', 'churn']);
    },
  );

  it.each([
    [{ model: '' }, 'Input "model" is empty: must name a model, or "all".'],
    [{ 'result-format': 'basic' }, /^Input "result-format" is "basic": .*BOOLEAN_ONLY/],
    [{ 'fail-on': 'high' }, /^Input "fail-on" is "high": .*critical/],
    [{ 'on-inconclusive': 'skip' }, /^Input "on-inconclusive" is "skip": .*pass/],
    [{ 'upload-report': 'yes' }, /^Input "upload-report" is "yes": .*true/],
    [{ 'working-directory': '' }, 'Input "working-directory" is empty: must be given.'],
  ])('are refused with their name and what they take: %j', (given, message) => {
    expect(refusal(given)).toMatch(message);
  });

  it('tell everything that is wrong at once', () => {
    expect(refusal({ model: '', 'fail-on': 'high' }).split('\n')).toHaveLength(2);
  });
});
