import { describe, expect, it } from 'vitest';
import { judgeGates } from './judge-gates.ts';
import { gateProblemsOf } from './parse-gate.ts';

const position = { file: 'model.yaml', line: 6, column: 5 };
const current = {
  metrics: { accuracy: 0.969, 'f0.5': 0.9, roc_auc: null, loss: Number.NaN, reportedText: 'NaN', zero: 0 },
  fairness: { sex: { demographic_parity_ratio: 0.74, aif360: {} } },
  model: { sizeBytes: 12, format: 'onnx' },
  scan: { verdict: 'safe' },
  data: { rows: 228 },
};
const production = { metrics: { accuracy: 0.924 }, fairness: {}, model: {}, scan: {}, data: {} };

function judge(expression: string, environments: Record<string, object | null> = { production, staging: null }) {
  const [gate] = judgeGates([{ expression, level: 'error', position }], { current, environments });
  return gate;
}

describe('judgeGates', () => {
  it.each([
    ['metrics.accuracy > 0.9', '0.969 > 0.9'],
    ['metrics["f0.5"] >= 0.9', '0.9 >= 0.9'],
    ['metrics.accuracy >= production.metrics.accuracy - 0.005', '0.969 >= 0.919'],
    ['scan.verdict == "safe"', '"safe" == "safe"'],
    ['data.rows * 2 > 100', '456 > 100'],
    ['metrics.accuracy > 0.9 && model.sizeBytes < 100', 'metrics.accuracy = 0.969, model.sizeBytes = 12'],
    ['model.format in ["onnx", "pkl"]', 'model.format = "onnx"'],
  ])('%s passes', (expression, reason) => {
    expect(judge(expression)).toMatchObject({
      passed: true,
      state: 'passed',
      reason,
      position: { file: 'model.yaml', line: 6 },
    });
  });

  it.each([
    ['metrics.accuracy > 0.99', '0.969 is not > 0.99'],
    ['fairness.sex.demographic_parity_ratio >= 0.8', '0.74 is not >= 0.8'],
    ['metrics.roc_auc > 0.5', 'metrics.roc_auc is undefined'],
    ['!(metrics.loss < 0.9)', 'metrics.loss is NaN'],
    ['metrics.reportedText != 1.0', 'metrics.reportedText is "NaN", not a number'],
    ['metrics.missing > 0.5 || true', 'metrics.missing is not there'],
    ['metrics.acuracy > 0.5', 'did you mean "accuracy"?'],
    ['production.metrics.f1 > 0.5', 'production.metrics.f1 is not there'],
    ['metrics.accuracy / metrics.zero > 1', 'Infinity'],
    ['true || metrics.zero / metrics.zero > 1', 'NaN'],
    ['model.format != 1', 'compares string with number'],
    ['fairness.sex != 1', 'a group of figures'],
  ])('%s fails', (expression, reason) => {
    const gate = judge(expression);
    expect(gate).toMatchObject({ passed: false, state: 'failed' });
    expect(gate?.reason).toContain(reason);
  });

  it('shows a gate on an environment without a version, and does not block on it', () => {
    expect(judge('metrics.accuracy >= staging.metrics.accuracy')).toMatchObject({
      passed: false,
      state: 'not-applicable',
      reason: 'there is no version in staging yet',
    });
  });

  it('fails where the environment has a version that lacks the figure', () => {
    expect(judge('metrics.accuracy >= staging.metrics.accuracy', { staging: { metrics: {} } })).toMatchObject({
      state: 'failed',
    });
  });

  it('throws the problems of gates that nobody can judge, with their line', () => {
    expect(() => judge('metrix.accuracy > 1')).toThrowError(/did you mean "metrics"/);
  });
});

describe('gateProblemsOf', () => {
  it.each([
    ['metrics.accuracy >', 'gate-syntax'],
    ['has(metrics.accuracy)', 'gate-unsupported'],
    ['metrics.all(m, m > 1)', 'gate-unsupported'],
    ['size(metrics) > 1', 'gate-unsupported'],
    ['metrics.accuracy + 1', 'gate-not-boolean'],
    ['metrics.accuracy', 'gate-not-boolean'],
    ['1 < 2', 'gate-without-figure'],
    [`metrics.accuracy > 0.9${' && metrics.accuracy > 0.9'.repeat(50)}`, 'gate-too-long'],
    [`${'('.repeat(499)}metrics.accuracy`, 'gate-syntax'],
    ['metrics.a >= pre-prod.metrics.a', 'gate-unknown-root'],
    ['staging.metrics.a > production.metrics.a && prod.metrics.a > 1', 'gate-unknown-root'],
  ])('%s is a problem of configuration', (expression, code) => {
    const problems = gateProblemsOf({ expression, position, environments: ['staging', 'pre-prod', 'production'] });
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    expect(problems[0]).toMatchObject(position);
  });

  it('says that an environment with a hyphen cannot be named', () => {
    const [problem] = gateProblemsOf({ expression: 'pre-prod.metrics.a > 1', position, environments: ['pre-prod'] });
    expect(problem?.message).toBe('A gate cannot name the environment "pre-prod": in a gate "-" is minus.');
  });
});
