import type { Context } from '../context.ts';
import { namedRepository } from '../repositories.ts';
import { type AppKeys, createApp, installApp, type NewApp } from './apps.ts';
import { findApp } from './find-app.ts';

/** Any handle of an app. */
type AppHandle = Pick<AppKeys, 'id'>;

/** What a story does with apps. */
export interface AppStory {
  /** What the owner of the app holds: its private key is nowhere else. */
  createApp(app: NewApp): AppKeys;
  /** On a repository; answers the id of the installation. */
  install(app: AppHandle, repository: string): number;
  /** Later than the app is made, since a program learns its port when it starts; null: nowhere. */
  setWebhookUrl(app: AppHandle, url: string | null): void;
}

export function createAppStory(context: Context): AppStory {
  return {
    createApp: (given) => createApp(context, given),
    install: ({ id }, repository) => installApp(context, id, namedRepository(context, repository)).id,
    setWebhookUrl({ id }, url) {
      const app = findApp(context.state, id);
      if (app === undefined) throw new Error(`the stand-in has no app ${id}`);
      app.webhookUrl = url;
    },
  };
}
