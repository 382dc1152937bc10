import { parse, resolve } from 'node:path';
import { workspaceAt } from '@model-gitops/host';
import type { Workspace } from '@model-gitops/lifecycle';

type LocalFiles = Pick<Workspace, 'readText' | 'readBytes' | 'writeText' | 'measure' | 'resolve'>;

function disk(path: string): Workspace {
  return workspaceAt(parse(resolve(path)).root);
}

/** Files that a command line names: relative to where it was typed, anywhere on the disk. */
export const localFiles: LocalFiles = {
  readText: async (path) => disk(path).readText(resolve(path)),
  readBytes: async (path) => disk(path).readBytes(resolve(path)),
  writeText: async (path, text) => disk(path).writeText(resolve(path), text),
  measure: async (path) => disk(path).measure(resolve(path)),
  resolve: (path) => resolve(path),
};
