export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

/** The runner's command files: who can write them sets outputs, variables and the PATH of later steps. */
const commandFiles = ['GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STEP_SUMMARY', 'GITHUB_STATE'];
/** A channel to our parent that a child would try to talk to. */
const channels = ['NODE_CHANNEL_FD', 'NODE_CHANNEL_SERIALIZATION_MODE'];

const oursOnly = /^(INPUT|ACTIONS)_/i;
const runnerToken = /^(GITHUB|GH|RUNNER)_(.*_)?TOKEN$/i;
const inputToken = /^INPUT_.*TOKEN$/i;
const actionsToken = /^ACTIONS_.*TOKEN$/i;
const shortestSecret = 8;

function isHidden(name: string): boolean {
  const upper = name.toUpperCase();
  return oursOnly.test(name) || runnerToken.test(name) || commandFiles.includes(upper) || channels.includes(upper);
}

/** The tokens that the runner gave to us. */
export function runnerTokens(environment: EnvironmentVariables): readonly string[] {
  const isToken = (name: string) => [runnerToken, inputToken, actionsToken].some((pattern) => pattern.test(name));
  return Object.entries(environment).flatMap(([name, value]) =>
    value !== undefined && value.length >= shortestSecret && isToken(name) ? [value] : [],
  );
}

/** Options that load our own TypeScript loader: the user's Node has other files and needs it not. */
function withoutLoader(options: string): string {
  return options
    .replace(/(^|\s)(--import|--require|-r|--loader|--experimental-loader)[=\s]+("[^"]*tsx[^"]*"|\S*tsx\S*)/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * What a user's command may see: everything but our inputs, the runner's files, and its tokens, also where a token was
 * copied into a variable of another name. What the user's workflow sets by itself (`HF_TOKEN`) stays.
 */
export function scrubEnvironment(environment: EnvironmentVariables): Record<string, string> {
  const tokens = runnerTokens(environment);
  const kept = Object.entries(environment).flatMap(([name, value]): [string, string][] => {
    if (value === undefined || isHidden(name) || tokens.some((token) => value.includes(token))) return [];
    return [[name, name.toUpperCase() === 'NODE_OPTIONS' ? withoutLoader(value) : value]];
  });
  return Object.fromEntries(kept.filter(([name, value]) => name.toUpperCase() !== 'NODE_OPTIONS' || value !== ''));
}

const secretName = /(^|[_-])(TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIALS?|API_?KEY|(ACCESS|PRIVATE)_KEY)$/i;

/** Hides the values of variables that are named like secrets: the runner masks its log, not what we write elsewhere. */
export function secretMask(environment: EnvironmentVariables): (text: string) => string {
  const secrets = Object.entries(environment)
    .flatMap(([name, value]) => (value !== undefined && secretName.test(name) ? [value.trim()] : []))
    .filter((value) => value.length >= shortestSecret)
    .sort((a, b) => b.length - a.length);
  return (text) => secrets.reduce((masked, secret) => masked.replaceAll(secret, '***'), text);
}
