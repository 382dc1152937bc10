import type { Host } from '@model-gitops/lifecycle';
import { describe, expect, it } from 'vitest';

/** The laws that every Host keeps. */
export function hostContract(name: string, open: () => Host) {
  describe(`${name} is a Host`, () => {
    it('has a time, and a clock that never goes back', async () => {
      const host = open();
      const [now, elapsed] = [host.now(), host.elapsedMs()];
      await host.sleep(5);
      expect(Number.isFinite(now.getTime())).toBe(true);
      expect(host.now().getTime()).toBeGreaterThanOrEqual(now.getTime());
      expect(host.elapsedMs()).toBeGreaterThanOrEqual(elapsed);
    });
    it('draws from 0 to below 1', () => {
      const host = open();
      const draws = Array.from({ length: 1000 }, () => host.random());
      expect(draws.every((draw) => draw >= 0 && draw < 1)).toBe(true);
    });
  });
}
