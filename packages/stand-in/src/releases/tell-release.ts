import type { Context } from '../context.ts';
import type { Release } from '../records/releases.ts';
import type { Repository } from '../records/repositories.ts';
import { releaseView } from '../views/release.ts';

export function tellRelease(
  context: Context,
  repository: Repository,
  release: Release,
  { action, sender }: { readonly action: string; readonly sender: string },
): void {
  const payload = { action, release: releaseView(context, repository, release) };
  context.emit({ name: 'release', action, repository, sender, payload });
}
