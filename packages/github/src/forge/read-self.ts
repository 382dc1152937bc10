import type { Account } from '@model-gitops/lifecycle';
import type { ForgeClient } from '../octokit/forge-client.ts';

/** Asked by GraphQL: by REST neither a workflow nor an app is told who it is. */
export async function readSelf(client: ForgeClient): Promise<Account> {
  const { viewer } = await client.graphql<{ readonly viewer: { readonly login: string } }>(
    'query ReadSelf { viewer { login } }',
  );
  return { login: viewer.login, isBot: viewer.login.endsWith('[bot]') };
}
