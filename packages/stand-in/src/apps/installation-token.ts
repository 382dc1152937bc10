import { z } from 'zod';
import { type Context, secondsOf } from '../context.ts';
import { addToken } from '../people.ts';
import type { Installation, Level, Permissions, Token } from '../records/people.ts';
import { refusals } from '../refusals.ts';
import { findRepositoryById, isSameName } from '../state.ts';
import { botOf, findApp } from './find-app.ts';

export const tokenRequest = z.object({
  repositories: z.array(z.string()).optional(),
  repository_ids: z.array(z.number()).optional(),
  permissions: z.record(z.string(), z.enum(['read', 'write', 'admin'])).optional(),
});
export type TokenRequest = z.infer<typeof tokenRequest>;

const lifetimeMs = 3_600_000;
const levels: readonly Level[] = ['read', 'write', 'admin'];

/** Never more than the installation has. */
function narrowPermissions(granted: Permissions, wanted: Permissions | undefined): Permissions {
  if (wanted === undefined) return granted;
  const isHeld = ([subject, level]: readonly [string, Level]) =>
    levels.indexOf(granted[subject] ?? level) >= levels.indexOf(level) && granted[subject] !== undefined;
  if (Object.entries(wanted).every(isHeld)) return { metadata: 'read', ...wanted };
  throw refusals.unprocessable('The permissions requested are not granted to this installation.');
}

function narrowRepositories(context: Context, installation: Installation, wanted: TokenRequest): number[] {
  const { repositories: names = [], repository_ids: ids = [] } = wanted;
  if (names.length === 0 && ids.length === 0) return [...installation.repositories];
  const idOf = (name: string) =>
    installation.repositories.find((id) => isSameName(findRepositoryById(context.state, id)?.name ?? '', name));
  const chosen = [...names.map(idOf), ...ids.map((id) => installation.repositories.find((one) => one === id))];
  const found = chosen.filter((id) => id !== undefined);
  if (found.length === chosen.length) return [...new Set(found)];
  throw refusals.unprocessable(
    'There is at least one repository that does not exist or is not accessible to the parent installation.',
  );
}

/** Good for an hour; acts as `<slug>[bot]`. */
export function createInstallationToken(context: Context, installation: Installation, wanted: TokenRequest): Token {
  const app = findApp(context.state, installation.appId);
  if (app === undefined) throw refusals.notFound();
  return addToken(
    context,
    {
      kind: 'installation',
      login: botOf(app),
      permissions: narrowPermissions(installation.permissions, wanted.permissions),
      repositories: narrowRepositories(context, installation, wanted),
      appId: app.id,
      installationId: installation.id,
      expiresAt: secondsOf(new Date(context.clock.now().getTime() + lifetimeMs)),
    },
    'ghs',
  );
}
