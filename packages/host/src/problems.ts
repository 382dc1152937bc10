import type { Problem } from '@model-gitops/lifecycle';

function said(cause: unknown): string {
  const code = (cause as { code?: unknown } | null)?.code;
  const text = typeof code === 'string' ? code : cause instanceof Error ? cause.message : String(cause);
  return text.replace(/\s+/g, ' ').slice(0, 300);
}

/** What the doors can refuse, in one table. */
export const hostProblems = {
  input: (name: string, value: string, why: string): Problem => ({
    code: 'input-invalid',
    message: `Input "${name}" is ${value === '' ? 'empty' : `"${value.slice(0, 80)}"`}: ${why}.`,
    remedy: `Set "${name}:" under "with:" of this step; the README of the action lists what it takes.`,
  }),
  event: (cause: unknown): Problem => ({
    code: 'event-unreadable',
    message: `The payload of the event that GITHUB_EVENT_PATH names cannot be read (${said(cause)}).`,
    remedy: 'Run the workflow again; outside of a runner, leave GITHUB_EVENT_PATH unset.',
  }),
  workingDirectory: (folder: string): Problem => ({
    code: 'working-directory-missing',
    message: `There is no folder "${folder.slice(0, 200)}" in the workspace.`,
    remedy: 'Correct "working-directory:", or check the repository out into it before this step.',
  }),
  workingDirectoryOutside: (folder: string): Problem => ({
    code: 'working-directory-outside',
    message: `The working directory "${folder.slice(0, 200)}" leaves the workspace.`,
    remedy: 'Name a folder inside the workspace, relative to it.',
  }),
};

/** What a checkout's files can refuse. */
export const fileProblems = {
  outside: (path: string): Problem => ({
    code: 'path-outside',
    message: `${path.slice(0, 200)} leaves the repository.`,
    remedy: 'Name a path inside the repository; symbolic links may not lead out of it either.',
    file: path,
  }),
  loop: (path: string): Problem => ({
    code: 'path-loop',
    message: `The symbolic links at ${path.slice(0, 200)} lead in a circle.`,
    remedy: 'Remove the link that points back.',
    file: path,
  }),
  notAFile: (path: string): Problem => ({
    code: 'not-a-file',
    message: `${path} is not a file.`,
    remedy: 'Name a file.',
    file: path,
  }),
  tooLarge: (path: string, limit: string): Problem => ({
    code: 'file-too-large',
    message: `${path} is larger than ${limit}.`,
    remedy: 'Name a smaller file.',
    file: path,
  }),
  notText: (path: string): Problem => ({
    code: 'file-not-text',
    message: `${path} is not UTF-8 text.`,
    remedy: 'Save it as UTF-8.',
    file: path,
  }),
  root: (): Problem => ({
    code: 'path-root',
    message: 'The root of the repository itself is not removed.',
    remedy: 'Name a path below it.',
  }),
  failed: (what: 'read' | 'written' | 'removed', path: string, cause: unknown): Problem => ({
    code: what === 'read' ? 'file-unreadable' : 'file-unwritable',
    message: `${path.slice(0, 200)} cannot be ${what} (${said(cause)}).`,
    remedy: 'Check the path, the rights of its folders and the free space.',
    file: path,
  }),
};

/** What running the user's commands can refuse. */
export const commandProblems = {
  folder: (folder: string): Problem => ({
    code: 'folder-missing',
    message: `There is no folder ${folder} to run the command in.`,
    remedy: 'Commands run in the folder of the file that names them: check that it is there.',
  }),
  shell: (shell: string): Problem => ({
    code: 'shell-missing',
    message: `The shell "${shell}" was not found.`,
    remedy: 'Install it, or put it on the PATH.',
  }),
  notStarted: (cause: unknown): Problem => ({
    code: 'command-not-started',
    message: `The command could not be started (${said(cause)}).`,
    remedy: 'Shorten the command line and its environment, and see that neither holds a NUL character.',
  }),
};

/** What finding and installing engines can refuse. */
export const engineProblems = {
  missing: (engine: string): Problem => ({
    code: 'engine-missing',
    message: `The engine ${engine} is not installed here.`,
    remedy: 'Run "model-gitops engines install".',
  }),
  broken: (engine: string, cause: unknown): Problem => ({
    code: 'engine-broken',
    message: `The engine ${engine} is installed but does not start: ${said(cause)}.`,
    remedy: 'Run "model-gitops engines install"; it needs Linux with glibc, macOS or Windows.',
  }),
  unknown: (engine: string, known: readonly string[]): Problem => ({
    code: 'engine-unknown',
    message: `There is no engine ${JSON.stringify(engine.slice(0, 80))}.`,
    remedy: `Engines: ${known.join(', ')}.`,
  }),
  platform: (engine: string, platform: string): Problem => ({
    code: 'engine-unsupported',
    message: `The engine ${engine} has no build for ${platform}.`,
    remedy: 'Use Linux (x64 or arm64), macOS or Windows; in a workflow for example "runs-on: ubuntu-latest".',
  }),
  download: (what: string, cause: unknown): Problem => ({
    code: 'engine-download-failed',
    message: `${what} could not be downloaded: ${said(cause)}.`,
    remedy:
      'Check the network, the proxy and the registry that npm is configured for; without a network, bring a file that "model-gitops engines pack" wrote elsewhere and run "model-gitops engines install --pack <file>".',
  }),
  digest: (what: string): Problem => ({
    code: 'engine-digest-mismatch',
    message: `What came for ${what} does not have the digest of the lock. Nothing was installed.`,
    remedy: 'Try again; if it stays so, the registry or a proxy changes what it hands out: ask who runs it.',
  }),
  archive: (what: string, why: string): Problem => ({
    code: 'engine-archive-unsafe',
    message: `The archive of ${what} holds ${why}. Nothing was installed.`,
    remedy: 'Do not use it; report where it came from.',
  }),
  pack: (file: string, why: string): Problem => ({
    code: 'engine-pack-unusable',
    message: `${file} cannot be used: ${why}.`,
    remedy: 'Write it again with "model-gitops engines pack" of the same version, for the same platform.',
    file,
  }),
  folder: (cause: unknown): Problem => ({
    code: 'engine-folder-unwritable',
    message: `The folder of engines cannot be written (${said(cause)}).`,
    remedy: 'Set MODEL_GITOPS_ENGINES to a folder that may be written, with 300 MB free.',
  }),
};
