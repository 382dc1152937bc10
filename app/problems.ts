import type { Problem } from '@model-gitops/lifecycle';

/** What the app can refuse, in one table. Values of settings are told only where they are no secret. */
export const appProblems = {
  setting: (name: string, why: string): Problem => ({
    code: 'setting-invalid',
    message: `${name} ${why}.`,
    remedy: `Set the variable ${name} of the app's environment, or "${settingKey(name)}:" of the file that APP_CONFIG names; app/README.md lists them.`,
  }),
  unknownSetting: (key: string, file: string, known: readonly string[]): Problem => ({
    code: 'setting-unknown',
    message: `${file} has a setting ${JSON.stringify(key.slice(0, 80))}, which nothing reads.`,
    remedy: `Settings: ${known.join(', ')}.`,
    file,
  }),
  file: (path: string, why: string): Problem => ({
    code: 'configuration-unreadable',
    message: `${path.slice(0, 200)} cannot be used: ${why}.`,
    remedy:
      'APP_CONFIG names a file of settings in YAML or JSON, one "name: value" a line; leave it out where the environment holds all.',
  }),
  credentials: (): Problem => ({
    code: 'app-credentials',
    message:
      'GitHub does not know this app: APP_ID and the private key do not belong together, or the key was revoked.',
    remedy:
      "Take both from the app's page (Settings, Developer settings, GitHub Apps), and check the clock of this machine.",
  }),
  unreachable: (what: string, words: string): Problem => ({
    code: 'app-unreachable',
    message: `GitHub did not answer to ${what} (${words}).`,
    remedy: 'Check GITHUB_API_URL, the network and the proxy; the next sweep tries again.',
  }),
  refused: (what: string, status: number): Problem => ({
    code: 'app-refused',
    message: `GitHub refused ${what} with status ${status}.`,
    remedy: 'Compare the permissions of the app with app/app.yml, and whether the installation is suspended.',
  }),
  port: (host: string, port: number, code: string): Problem => ({
    code: 'port-unusable',
    message: `The app cannot listen on ${host}:${port} (${code}).`,
    remedy: 'Set PORT to one that is free, and HOST to an address of this machine.',
  }),
};

/** The name of a setting in the file: `APP_ID` is `app-id`. */
export function settingKey(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}
