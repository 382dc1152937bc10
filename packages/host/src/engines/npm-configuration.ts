import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type EnvironmentVariables, scrubEnvironment } from '../commands/scrub-environment.ts';

type Settings = Readonly<Record<string, string>>;

export interface NpmConfiguration {
  /** The address of the registry that serves a package, with a slash at its end. */
  readonly registryOf: (packageName: string) => string;
  /** The header that a registry wants, for an address below it; null for none. */
  readonly authorizationFor: (address: string) => string | null;
  readonly proxies: { readonly httpProxy?: string; readonly httpsProxy?: string; readonly noProxy?: string };
}

const publicRegistry = 'https://registry.npmjs.org/';

function unquote(text: string): string {
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text;
}

/** `key = value` lines; `${NAME}` is the environment's. */
export function parseNpmrc(text: string, environment: EnvironmentVariables): Settings {
  const settings: Record<string, string> = {};
  for (const line of text.split(/\r?\n/)) {
    const [, key, value] = /^\s*([^;#\s=][^=]*?)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (key === undefined || value === undefined) continue;
    settings[unquote(key)] = unquote(value).replace(
      /\$\{([^}]+)\}/g,
      (whole, name: string) => environment[name] ?? whole,
    );
  }
  return settings;
}

/** `npm_config_registry`, in any case; keys of scopes and addresses keep theirs. */
function environmentSettings(environment: EnvironmentVariables): Settings {
  const entries = Object.entries(environment).flatMap(([name, value]): [string, string][] => {
    const [, key] = /^npm_config_(.+)$/i.exec(name) ?? [];
    if (key === undefined || value === undefined || value === '') return [];
    return [[/^[@/]/.test(key) ? key : key.toLowerCase().replaceAll('_', '-'), value]];
  });
  return Object.fromEntries(entries);
}

function withSlash(address: string): string {
  return address.endsWith('/') ? address : `${address}/`;
}

function authorizationAt(settings: Settings, prefix: string): string | null {
  const token = settings[`${prefix}:_authToken`];
  if (token !== undefined) return `Bearer ${token}`;
  const basic = settings[`${prefix}:_auth`];
  if (basic !== undefined) return `Basic ${basic}`;
  const [name, password] = [settings[`${prefix}:username`], settings[`${prefix}:_password`]];
  if (name === undefined || password === undefined) return null;
  const secret = Buffer.from(password, 'base64').toString('utf8');
  return `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}`;
}

/** The nearest setting above an address: `//host/path/:_authToken`. Never that of another host. */
function authorizationFor(settings: Settings, address: string): string | null {
  const { host, pathname } = new URL(address);
  const segments = pathname.split('/').slice(1, -1);
  for (let length = segments.length; length >= 0; length -= 1) {
    const path = segments
      .slice(0, length)
      .map((segment) => `${segment}/`)
      .join('');
    const found =
      authorizationAt(settings, `//${host}/${path}`) ?? authorizationAt(settings, `//${host}/${path}`.slice(0, -1));
    if (found !== null) return found;
  }
  return null;
}

function proxiesOf(settings: Settings): NpmConfiguration['proxies'] {
  const { proxy, noproxy } = settings;
  const https = settings['https-proxy'] ?? proxy;
  return {
    ...(proxy === undefined ? {} : { httpProxy: proxy }),
    ...(https === undefined ? {} : { httpsProxy: https }),
    ...(noproxy === undefined ? {} : { noProxy: noproxy }),
  };
}

export function npmConfiguration(settings: Settings): NpmConfiguration {
  return {
    registryOf(packageName) {
      const scope = packageName.startsWith('@') ? packageName.split('/')[0] : undefined;
      const scoped = scope === undefined ? undefined : settings[`${scope}:registry`];
      return withSlash(scoped ?? settings.registry ?? publicRegistry);
    },
    authorizationFor: (address) => authorizationFor(settings, address),
    proxies: proxiesOf(settings),
  };
}

async function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}

/**
 * What npm itself would use here: the environment over the project's .npmrc over the user's. The project's sees the
 * environment as a user's command does: a .npmrc of a pull request must not send the runner's tokens anywhere.
 */
export async function readNpmConfiguration(
  environment: EnvironmentVariables,
  projectFolder: string,
): Promise<NpmConfiguration> {
  const visible = scrubEnvironment(environment);
  const fromEnvironment = environmentSettings(visible);
  const home = environment.HOME ?? environment.USERPROFILE ?? homedir();
  const userFile = fromEnvironment.userconfig ?? join(home, '.npmrc');
  const [project, user] = await Promise.all([textOf(join(projectFolder, '.npmrc')), textOf(userFile)]);
  return npmConfiguration({ ...parseNpmrc(user, environment), ...parseNpmrc(project, visible), ...fromEnvironment });
}
