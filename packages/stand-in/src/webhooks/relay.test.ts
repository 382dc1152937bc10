import { expect, it } from 'vitest';
import { createRelay, type RelayPlan } from './relay.ts';

function draw(plan: RelayPlan, count = 1000) {
  const next = createRelay(plan);
  return Array.from({ length: count }, next);
}

it('leaves deliveries alone without a plan', () => {
  expect(new Set(draw({}))).toEqual(new Set(['send']));
});

it('draws the same for the same seed, something else for another', () => {
  const plan = { drop: 0.2, double: 0.2, reorder: 0.2 };
  expect(draw({ ...plan, seed: 5 })).toEqual(draw({ ...plan, seed: 5 }));
  expect(draw({ ...plan, seed: 5 })).not.toEqual(draw({ ...plan, seed: 6 }));
});

it('draws each fate about as often as asked', () => {
  const dropped = draw({ drop: 0.25 }).filter((fate) => fate === 'drop').length;
  expect(dropped).toBeGreaterThan(200);
  expect(dropped).toBeLessThan(300);
  expect(new Set(draw({ reorder: 1 }))).toEqual(new Set(['late']));
});

it('does not move the luck of others when one share changes', () => {
  const [before, after] = [draw({ drop: 0.3 }), draw({ drop: 0.3, double: 0.5 })];
  const drops = (fates: readonly string[]) => fates.map((fate) => fate === 'drop');
  expect(drops(after)).toEqual(drops(before));
});
