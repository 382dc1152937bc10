import { randomBytes } from 'node:crypto';
import { createClock } from './clock.ts';
import type { Context, StandInEvent } from './context.ts';
import { type Git, openGit } from './git.ts';
import { emptyState } from './state.ts';

/** Everything that the routes share, and the way to end its processes. */
export function createContext(folder: string): Context & { close(): void } {
  const gits = new Map<number, Git>();
  const listeners: ((event: StandInEvent) => void)[] = [];
  return {
    url: '',
    folder,
    state: emptyState(),
    clock: createClock(),
    signingKey: randomBytes(32),
    git(repository) {
      const open = gits.get(repository.id) ?? openGit(repository.folder);
      gits.set(repository.id, open);
      return open;
    },
    emit(event) {
      for (const listener of listeners) listener(event);
    },
    onEvent(listener) {
      listeners.push(listener);
    },
    close() {
      for (const git of gits.values()) git.close();
    },
  };
}
