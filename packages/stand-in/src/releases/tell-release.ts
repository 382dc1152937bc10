import type { Context } from '../context.ts';
import type { Release } from '../records/releases.ts';
import type { Repository } from '../records/repositories.ts';
import { releaseView } from '../views/release.ts';

export function tellRelease(
  context: Context,
  repository: Repository,
  release: Release,
  told: { readonly action: string; readonly sender: string; readonly changes?: Readonly<Record<string, unknown>> },
): void {
  const { action, sender, changes } = told;
  const about = changes === undefined ? {} : { changes };
  const payload = { action, release: releaseView(context, repository, release), ...about };
  context.emit({ name: 'release', action, repository, sender, payload });
}
