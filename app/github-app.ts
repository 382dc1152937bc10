import { ProblemError, type Writer } from '@model-gitops/lifecycle';
import { type Probot, ProbotOctokit } from 'probot';
import { wordsOnly } from './log.ts';
import { appProblems } from './problems.ts';
import type { Place } from './work.ts';

type Request = ProbotOctokit['request'];

/** What Probot hands to its Octokit, as far as it is changed. */
interface OctokitOptions {
  readonly log: Parameters<typeof wordsOnly>[0];
  readonly baseUrl?: string;
  readonly auth?: { readonly request?: Request };
}

/** Tokens are asked for at the same server as all else: Probot hands over a `request` that goes to github.com. */
function authAt({ baseUrl, auth }: OctokitOptions) {
  if (baseUrl === undefined || auth?.request === undefined) return auth;
  return { ...auth, request: auth.request.defaults({ baseUrl }) };
}

/** Probot's Octokit, without its own patience (our client has one) and without bodies in its log. */
export const QuietOctokit = ProbotOctokit.defaults((options: OctokitOptions) => ({
  ...options,
  auth: authAt(options),
  userAgent: 'model-gitops',
  log: wordsOnly(options.log),
  throttle: { enabled: false },
  retry: { enabled: false },
}));

/** A failure of GitHub as a problem. Nothing of the request is told but what it was for. */
function problemOf(what: string, thrown: unknown): unknown {
  const { name, status } = (thrown ?? {}) as { readonly name?: unknown; readonly status?: unknown };
  if (status === 401) return new ProblemError(appProblems.credentials(), { cause: thrown });
  const isAnswer = typeof status === 'number' && status >= 400 && status < 500;
  if (isAnswer && status !== 429) return new ProblemError(appProblems.refused(what, status), { cause: thrown });
  if (name !== 'HttpError') return thrown;
  const words = typeof status === 'number' ? `status ${status}` : 'no answer';
  return new ProblemError(appProblems.unreachable(what, words), { kind: 'could-not-run', cause: thrown });
}

async function asked<Result>(what: string, question: () => Promise<Result>): Promise<Result> {
  try {
    return await question();
  } catch (thrown) {
    throw problemOf(what, thrown);
  }
}

/** Logs in as the app itself. Problems: `app-credentials`, `app-unreachable`. */
export async function readOwnName(probot: Probot): Promise<string> {
  const octokit = await probot.auth();
  const { data } = await asked('who this app is', () => octokit.request('GET /app'));
  if (data === null || data.slug === undefined)
    throw new ProblemError(appProblems.refused('to tell who this app is', 200));
  return `${data.slug}[bot]`;
}

/** The app's bot as commits name it: GitHub finds the account by the number in its address. */
export async function readIdentity(octokit: ProbotOctokit, login: string, appId: number): Promise<Writer> {
  const number = await octokit.request('GET /users/{username}', { username: login }).then(
    ({ data }) => data.id,
    // the commits are then the bot's by name alone
    () => appId,
  );
  return { name: login, email: `${number}+${login}@users.noreply.github.com` };
}

/**
 * As an installation, with a token of its own: Probot would go on with one for an hour, whatever changed. The token is
 * made by the first request, at the address of that request: asked for by itself, it would come from github.com.
 */
export async function openInstallation(probot: Probot, installation: number): Promise<ProbotOctokit> {
  const app = await probot.auth();
  const Octokit = app.constructor as typeof ProbotOctokit;
  return new Octokit({ auth: { installationId: installation, cache: new Map<string, string>() } });
}

/** The installations that are not suspended. */
export async function listInstallations(probot: Probot): Promise<readonly number[]> {
  const octokit = await probot.auth();
  const all = await asked('where this app is installed', () =>
    octokit.paginate('GET /app/installations', { per_page: 100 }),
  );
  return all.filter(({ suspended_at: suspended }) => suspended == null).map(({ id }) => id);
}

/** The repositories of an installation that can be written to. */
export async function listPlaces(probot: Probot, installation: number): Promise<readonly Place[]> {
  const octokit = await openInstallation(probot, installation);
  const all = await asked(`what installation ${installation} holds`, () =>
    octokit.paginate('GET /installation/repositories', { per_page: 100 }),
  );
  return all
    .filter(({ archived, disabled }) => !archived && disabled !== true)
    .map(({ owner, name, default_branch, html_url }) => ({
      owner: owner.login,
      name,
      installation,
      defaultBranch: default_branch,
      url: html_url,
    }));
}
