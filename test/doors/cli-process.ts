import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The built command line; MODEL_GITOPS_CLI names another file to start, for work on the sources between two builds. */
const script = process.env.MODEL_GITOPS_CLI ?? fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as the one JSON document that it must be. */
  readonly json: () => Record<string, unknown>;
}

export interface CliPlace {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string | Uint8Array;
}

/** An environment in which only what a test says is known of Git, colours and runners. */
const clean: Readonly<Record<string, string | undefined>> = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  LC_ALL: 'C',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  NODE_PATH: undefined,
};

/** The words that start the command line, for tests that need a shell around it. */
export const cliWords: readonly string[] = [process.execPath, script];
export const cleanEnvironment = clean;

/** Runs the command line as a process, to its end. */
export function runCli(args: readonly string[], { cwd, env = {}, input }: CliPlace): Promise<CliResult> {
  const [node = '', ...words] = cliWords;
  const environment = Object.fromEntries(
    Object.entries({ ...clean, ...env }).filter(([, value]) => value !== undefined),
  );
  return new Promise((resolve, reject) => {
    const child = spawn(node, [...words, ...args], { cwd, env: environment as NodeJS.ProcessEnv });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const json = () => JSON.parse(stdout) as Record<string, unknown>;
      resolve({ code, stdout, stderr, json });
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(input ?? '');
  });
}

/** The codes of a problem document. */
export function problemCodes(result: CliResult): readonly string[] {
  const { problems } = result.json() as { readonly problems?: readonly { readonly code: string }[] };
  return (problems ?? []).map(({ code }) => code);
}
