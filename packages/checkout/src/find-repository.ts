type Environment = Readonly<Record<string, string | undefined>>;

/** A repository on a GitHub, as its API and a browser reach it. */
export interface HostedRepository {
  readonly apiUrl: string;
  readonly owner: string;
  readonly name: string;
  /** `https://github.com/acme/penguins` */
  readonly url: string;
}

interface Address {
  /** With the port, where one is named. */
  readonly host: string;
  readonly path: string;
  readonly isHttp: boolean;
}

/** `https://…`, `ssh://git@host/…` and `git@host:…`; null for a folder and everything else. */
function parseAddress(text: string): Address | null {
  const short = /^(?:[\w.-]+@)?([\w.-]{2,}):(?!\/\/)(.+)$/.exec(text);
  if (short !== null) return { host: short[1] ?? '', path: short[2] ?? '', isHttp: false };
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['https:', 'http:', 'ssh:', 'git+ssh:'].includes(url.protocol)) return null;
  const isHttp = url.protocol.startsWith('http');
  return { host: isHttp ? url.host : url.hostname, path: url.pathname, isHttp };
}

function hostOf(url: string | undefined): string | null {
  return url !== undefined && URL.canParse(url) ? new URL(url).host : null;
}

/** What people call github.com in addresses of Git. */
const publicHosts = ['github.com', 'www.github.com', 'ssh.github.com'];

/** The API of a host that is a GitHub; null for every other: a token is sent to nobody else. */
function apiOf(host: string, environment: Environment): string | null {
  const { GITHUB_API_URL: api, GITHUB_SERVER_URL: server, GH_HOST: other } = environment;
  if (publicHosts.includes(host)) return api || 'https://api.github.com';
  if (api && (host === hostOf(api) || host === hostOf(server))) return api;
  if (/^[\w-]+\.ghe\.com$/.test(host)) return `https://api.${host}`;
  return other && host === other ? `https://${host}/api/v3` : null;
}

function parsePath(path: string): { readonly owner: string; readonly name: string } | null {
  const [, owner, name] = /^\/?([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/.exec(path) ?? [];
  return owner === undefined || name === undefined ? null : { owner, name };
}

/** The repository behind a remote's address; null where that is no GitHub. */
export function findRepository(remoteUrl: string, environment: Environment): HostedRepository | null {
  const address = parseAddress(remoteUrl);
  const path = address === null ? null : parsePath(address.path);
  if (address === null || path === null) return null;
  const host = address.host.toLowerCase();
  const apiUrl = apiOf(host, environment);
  if (apiUrl === null) return null;
  const scheme = address.isHttp && remoteUrl.toLowerCase().startsWith('http:') ? 'http' : 'https';
  const shown = publicHosts.includes(host) ? 'github.com' : host;
  return { apiUrl, ...path, url: `${scheme}://${shown}/${path.owner}/${path.name}` };
}

/** The repository that a workflow runs for, as the runner says; null on a laptop. */
export function workflowRepository(environment: Environment): HostedRepository | null {
  const { GITHUB_ACTIONS: isWorkflow, GITHUB_REPOSITORY: repository } = environment;
  const path = isWorkflow === 'true' ? parsePath(repository ?? '') : null;
  if (path === null) return null;
  const server = (environment.GITHUB_SERVER_URL || 'https://github.com').replace(/\/+$/, '');
  const apiUrl = environment.GITHUB_API_URL || 'https://api.github.com';
  return { apiUrl, ...path, url: `${server}/${path.owner}/${path.name}` };
}
