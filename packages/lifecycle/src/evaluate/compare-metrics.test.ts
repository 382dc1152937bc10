import { describe, expect, it } from 'vitest';
import { compareMetrics } from './compare-metrics.ts';

const unknownRows = { a: null, b: null };
const thousand = { a: 1000, b: 1000 };

describe('compareMetrics', () => {
  it.each([
    ['accuracy', 0.8, 0.9, 'better'],
    ['f1_macro', 0.9, 0.8, 'worse'],
    ['f0.5_weighted', 0.8, 0.9, 'better'],
    ['zero_one_loss', 0.2, 0.1, 'better'],
    ['log_loss', 0.3, 0.4, 'worse'],
    ['brier', 0.3, 0.2, 'better'],
    ['ece_15', 0.01, 0.02, 'worse'],
    ['pinball_0.95', 3, 2, 'better'],
    ['d2_pinball_0.9', 0.1, 0.2, 'better'],
    ['top_2_accuracy', 0.8, 0.9, 'better'],
    ['rmse', 10, 11, 'worse'],
    ['r2', -1, 0.5, 'better'],
    ['mean_error_pred_minus_true', -3, 2, 'better'],
    ['mean_error_pred_minus_true', 1, -2, 'worse'],
    ['roc_auc_ovr_macro', 0.9, 0.9, 'within-noise'],
  ] as const)('knows the direction of %s', (name, a, b, judgement) => {
    expect(compareMetrics(name, a, b, unknownRows)).toBe(judgement);
    expect(compareMetrics(name, a, b, { a: 1_000_000, b: 1_000_000 })).toBe(judgement);
  });

  it('calls a difference of shares noise where so many rows may differ so by chance', () => {
    expect(compareMetrics('accuracy', 0.9, 0.91, thousand)).toBe('within-noise');
    expect(compareMetrics('accuracy', 0.9, 0.94, thousand)).toBe('better');
    expect(compareMetrics('zero_one_loss', 0.1, 0.11, thousand)).toBe('within-noise');
    expect(compareMetrics('accuracy', 0.9, 0.91, { a: 100_000, b: 100_000 })).toBe('better');
  });

  it('takes a side whose rows are unknown to have as many as the other', () => {
    expect(compareMetrics('accuracy', 0.9, 0.91, { a: null, b: 1000 })).toBe('within-noise');
    expect(compareMetrics('accuracy', 0.9, 0.5, { a: 1000, b: null })).toBe('worse');
  });

  it.each([
    ['a name that is not ours', 'val_loss', 0.1, 0.2],
    ['a setting', 'youden_threshold', 0.1, 0.2],
    ['a missing figure', 'accuracy', null, 0.9],
    ['NaN as text', 'accuracy', 'NaN', 0.9],
    ['NaN', 'accuracy', Number.NaN, 0.9],
    ['an infinite one', 'mae', 1, Number.POSITIVE_INFINITY],
    ['an object’s own property', 'constructor', 1, 2],
  ] as const)('does not judge %s', (_, name, a, b) => {
    expect(compareMetrics(name, a, b, thousand)).toBe('unknown');
  });
});
