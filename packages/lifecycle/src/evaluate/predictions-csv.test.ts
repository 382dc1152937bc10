import { expect, it } from 'vitest';
import { renderPredictions } from './predictions-csv.ts';

it('writes one row a prediction, quoted where needed', () => {
  const scores = {
    labels: ['a', 'b,c'],
    columns: [
      [0.25, 1],
      [0.75, 0],
    ],
  };
  expect(renderPredictions({ task: 'multiclass', prediction: ['b,c', 'say "a"'], scores, notes: {} })).toBe(
    'prediction,score_a,"score_b,c"\r\n"b,c",0.25,0.75\r\n"say ""a""",1,0\r\n',
  );
  expect(renderPredictions({ task: 'binary', prediction: [1], score: [0.5], notes: {} })).toBe(
    'prediction,score\r\n1,0.5\r\n',
  );
});
