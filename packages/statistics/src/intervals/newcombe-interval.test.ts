import { describe, expect, it } from 'vitest';
import { newcombeInterval } from './newcombe-interval.ts';

/** The examples of Newcombe's paper (Statistics in Medicine 17, 1998, table II), method 10. */
describe('newcombeInterval', () => {
  it.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
  ])('of %d of %d less %d of %d is as published', (goodB, rowsB, goodA, rowsA, low, high) => {
    const interval = newcombeInterval({ share: goodA / rowsA, rows: rowsA }, { share: goodB / rowsB, rows: rowsB });
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });
});
