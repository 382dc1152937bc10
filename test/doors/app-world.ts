import { expect, vi } from 'vitest';
import { createTown, type PromotionWorld, type Town } from '../lifecycle/promotion-world.ts';
import { type AppProcess, startAppProcess } from './app-process.ts';

/** A repository whose model people approve, on a GitHub with the app as processes. */
export interface AppWorld {
  readonly town: Town;
  readonly repository: PromotionWorld;
  /** Starts an instance and waits for its first sweep. The first one is told by the app's own address, others by one of theirs. */
  start(environment?: Readonly<Record<string, string>>): Promise<AppProcess>;
  close(): Promise<void>;
}

export async function createAppWorld(): Promise<AppWorld> {
  const town = await createTown();
  const { github, keys } = town;
  const repository = await town.openRepository();
  const started: AppProcess[] = [];
  return {
    town,
    repository,
    async start(environment = {}) {
      const app = await startAppProcess({
        APP_ID: String(keys.id),
        PRIVATE_KEY: keys.privateKey,
        WEBHOOK_SECRET: keys.webhookSecret,
        GITHUB_API_URL: github.apiUrl,
        PORT: '0',
        SETTLE_MS: '250',
        ...environment,
      });
      const address = `${app.url}/api/github/webhooks`;
      if (started.length === 0) github.setWebhookUrl(keys, address);
      else github.webhooks.addListener(address, keys.webhookSecret);
      started.push(app);
      await vi.waitFor(() => expect(app.lines().some(({ msg }) => msg === 'swept')).toBe(true), 20_000);
      return app;
    },
    async close() {
      await Promise.all(started.map((app) => app.stop()));
      await town.close();
    },
  };
}
