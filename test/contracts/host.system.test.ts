import { systemHost } from '@model-gitops/host';
import { expect, it } from 'vitest';
import { hostContract } from './host.ts';

hostContract('this machine', systemHost);

it('sleeps as long as it is asked to, and tells the time of the wall', async () => {
  const { sleep, elapsedMs, now, random } = systemHost();
  const start = elapsedMs();
  await sleep(50);
  expect(elapsedMs() - start).toBeGreaterThan(45);
  expect(Math.abs(now().getTime() - Date.now())).toBeLessThan(1000);
  expect(new Set(Array.from({ length: 100 }, random)).size).toBeGreaterThan(90);
});
