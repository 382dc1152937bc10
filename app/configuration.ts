import type { Problem } from '@model-gitops/lifecycle';
import { z } from 'zod';
import { parsePrivateKey } from './private-key.ts';
import { appProblems } from './problems.ts';
import { parseSettingsFile } from './settings-file.ts';

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

export interface Configuration {
  readonly appId: number;
  /** PEM, PKCS#8. */
  readonly privateKey: string;
  readonly webhookSecret: string;
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** `https://api.github.com`, or `https://<host>/api/v3`. */
  readonly apiUrl: string;
  readonly logLevel: (typeof logLevels)[number];
  readonly sweepMinutes: number;
  /** How long is waited for more events of a repository, so that a burst is done in one run. */
  readonly settleMs: number;
}

/** Where settings come from. */
export interface Sources {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The text of a file; null where it cannot be read. */
  readonly readText: (path: string) => string | null;
}

const wholeNumber = (low: number, high: number, byDefault: number) =>
  z
    .string()
    .default(String(byDefault))
    .refine((text) => /^\d{1,9}$/.test(text) && Number(text) >= low && Number(text) <= high, {
      error: `is no whole number from ${low} to ${high}`,
    })
    .transform(Number);

/** Every setting by its variable. An issue's message goes on from the name. */
const Settings = z.object({
  APP_ID: z
    .string({ error: 'is not given' })
    .regex(/^[1-9]\d{0,14}$/, "is not the number that the app's page shows")
    .transform(Number),
  PRIVATE_KEY: z.string().optional(),
  PRIVATE_KEY_PATH: z.string().optional(),
  WEBHOOK_SECRET: z
    .string({ error: 'is not given: without it anybody could tell the app anything' })
    .refine((text) => text !== 'development', { error: "is Probot's own default, which everybody knows" }),
  HOST: z.string().default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535, 3000),
  GHE_HOST: z
    .string()
    .regex(/^[\w.-]+(:\d{1,5})?$/, 'is no host name, such as github.example.com')
    .optional(),
  GITHUB_API_URL: z.string().optional(),
  LOG_LEVEL: z.enum(logLevels, { error: `is none of ${logLevels.join(', ')}` }).default('info'),
  SWEEP_MINUTES: wholeNumber(1, 1440, 60),
  SETTLE_MS: wholeNumber(0, 8000, 500),
});
type Settings = z.infer<typeof Settings>;

const names = Object.keys(Settings.shape);

/** A token that goes over a wire must be encrypted; on this machine there is no wire. */
function flawOfAddress(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null) return 'is no address, such as https://github.example.com/api/v3';
  if (url.username !== '' || url.password !== '') return 'holds a user name or a password';
  const isHere = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isHere)) return null;
  return 'does not begin with https://';
}

function apiUrlOf({ GHE_HOST: host, GITHUB_API_URL: url }: Partial<Settings>, problems: Problem[]): string {
  const ofHost = host === undefined ? undefined : `https://${host}/api/v3`;
  const address = (url ?? ofHost ?? 'https://api.github.com').replace(/\/+$/, '');
  const flaw = flawOfAddress(address);
  if (flaw !== null) problems.push(appProblems.setting('GITHUB_API_URL', flaw));
  else if (ofHost !== undefined && address !== ofHost)
    problems.push(appProblems.setting('GHE_HOST', 'and GITHUB_API_URL name different servers'));
  return address;
}

function keyTextOf(settings: Partial<Settings>, readText: Sources['readText'], problems: Problem[]): string | null {
  const { PRIVATE_KEY: text, PRIVATE_KEY_PATH: path } = settings;
  if (text !== undefined) return text;
  if (path === undefined) {
    problems.push(appProblems.setting('PRIVATE_KEY', 'is not given, and no PRIVATE_KEY_PATH either'));
    return null;
  }
  const read = readText(path);
  if (read === null) problems.push(appProblems.setting('PRIVATE_KEY_PATH', 'names a file that cannot be read'));
  return read;
}

function privateKeyOf(settings: Partial<Settings>, readText: Sources['readText'], problems: Problem[]): string {
  const text = keyTextOf(settings, readText, problems);
  if (text === null) return '';
  const key = parsePrivateKey(text);
  if (key !== null) return key;
  const name = settings.PRIVATE_KEY === undefined ? 'PRIVATE_KEY_PATH' : 'PRIVATE_KEY';
  problems.push(appProblems.setting(name, 'holds no RSA private key in PEM'));
  return '';
}

/** What is set: the environment over the file. Set but empty is as good as missing. */
function readSettings({ environment, readText }: Sources, problems: Problem[]): Readonly<Record<string, string>> {
  const path = environment.APP_CONFIG || null;
  const file = path === null ? null : parseSettingsFile({ path, text: readText(path) }, names);
  problems.push(...(file?.problems ?? []));
  const given = names.map((name) => [name, environment[name] || file?.settings[name] || undefined] as const);
  return Object.fromEntries(given.filter((entry): entry is readonly [string, string] => entry[1] !== undefined));
}

/** What can be used of each setting by itself, so that all problems are told together. */
function checkSettings(written: Readonly<Record<string, string>>, problems: Problem[]): Partial<Settings> {
  const checked = Settings.safeParse(written);
  if (checked.success) return checked.data;
  for (const { path, message } of checked.error.issues) problems.push(appProblems.setting(String(path[0]), message));
  const wrong = new Set(checked.error.issues.map(({ path }) => path[0]));
  return Object.fromEntries(Object.entries(written).filter(([name]) => !wrong.has(name)));
}

export type ParsedConfiguration = { readonly configuration: Configuration } | { readonly problems: readonly Problem[] };

/** Everything that the app must know before it starts, or all that is wrong with it. No value of a secret is in a problem. */
export function parseConfiguration(sources: Sources): ParsedConfiguration {
  const problems: Problem[] = [];
  const settings = checkSettings(readSettings(sources, problems), problems);
  const privateKey = privateKeyOf(settings, sources.readText, problems);
  const apiUrl = apiUrlOf(settings, problems);
  if (problems.length > 0) return { problems };
  const { APP_ID, WEBHOOK_SECRET, HOST, PORT, LOG_LEVEL, SWEEP_MINUTES, SETTLE_MS } = settings as Settings;
  return {
    configuration: {
      appId: APP_ID,
      privateKey,
      webhookSecret: WEBHOOK_SECRET,
      host: HOST,
      port: PORT,
      apiUrl,
      logLevel: LOG_LEVEL,
      sweepMinutes: SWEEP_MINUTES,
      settleMs: SETTLE_MS,
    },
  };
}
