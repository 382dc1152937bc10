import { resolve } from 'node:path';
import { type ArtifactStore, ProblemError } from '@model-gitops/lifecycle';
import { directoryStore } from './directory-store.ts';
import { storeProblems } from './problems.ts';

/**
 * The store that `store:` or `--store` names: `dir:<folder>`, relative to the root of the repository, or absolute.
 * Problems: `store-unknown` for other schemes, `store-unnamed` for none.
 */
export function openStore(text: string, { repositoryRoot }: { readonly repositoryRoot: string }): ArtifactStore {
  if (!text.startsWith('dir:')) throw new ProblemError(storeProblems.unknownScheme(text));
  const folder = text.slice('dir:'.length);
  if (folder.trim() === '') throw new ProblemError(storeProblems.noFolder());
  return directoryStore(resolve(repositoryRoot, folder));
}
