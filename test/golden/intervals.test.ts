import { wilsonInterval } from '@model-gitops/statistics';
import { expect, it } from 'vitest';
import { expectFigures } from './closeness.ts';
import wilson from './scipy/wilson.json' with { type: 'json' };

it.each(wilson.cases)('$good of $rows has SciPy’s Wilson interval', ({ good, rows, low, high }) => {
  const interval = wilsonInterval(good / rows, rows);
  expectFigures({ ...interval }, { low, high });
  expect(interval.level).toBe(0.95);
});
