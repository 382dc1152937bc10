import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ActionRun, type RunnerEvent, runBuiltAction } from './runner.ts';

export const home = fileURLToPath(new URL('../../', import.meta.url));

/** Nothing of this machine's own Git configuration takes part. */
export const gitEnvironment = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', LC_ALL: 'C' };

/** What a step answered, with its document. */
export type Step = ActionRun & { readonly document: Record<string, unknown> };

/** A team that keeps the penguins in a repository of its own, with a bare origin and a folder for model files. */
export interface Team {
  readonly origin: string;
  /** What the steps have under `store:`. */
  readonly store: string;
  /** Runs git as Anna. */
  git(folder: string, ...args: readonly string[]): string;
  /** What actions/checkout leaves: one commit, no branches but the one that it is on. */
  checkout(name: string, ref?: string): string;
  /** A commit of everything in a folder, pushed to a branch. */
  push(folder: string, branch: string, message: string): string;
  /** Runs a built action in a checkout. */
  step(folder: string, action: string, event: RunnerEvent, inputs?: Readonly<Record<string, string>>): Promise<Step>;
  remove(): void;
}

/** Runs git as Anna. */
export function git(folder: string, ...args: readonly string[]): string {
  const identity = ['-c', 'user.name=Anna', '-c', 'user.email=anna@example.com', '-c', 'init.defaultBranch=main'];
  return execFileSync('git', [...identity, ...args], {
    cwd: folder,
    env: { ...process.env, ...gitEnvironment },
    encoding: 'utf8',
    stdio: 'pipe',
  }).trim();
}

/** What other steps and people would read of a step: its document. A step that left none has an empty one. */
export function documentOf({ outputs }: ActionRun): Record<string, unknown> {
  return outputs.result ? (JSON.parse(readFileSync(outputs.result, 'utf8')) as Record<string, unknown>) : {};
}

/** The penguins on main of a bare origin. */
export function createTeam(): Team {
  const root = mkdtempSync(join(tmpdir(), 'model-gitops-actions-'));
  const origin = join(root, 'origin.git');
  const store = `dir:${join(root, 'store')}`;
  git(root, 'init', '--quiet', '--bare', origin);
  git(origin, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
  const anna = join(root, 'anna');
  cpSync(join(home, 'examples/penguins'), anna, { recursive: true });
  git(anna, 'init', '--quiet');
  git(anna, 'remote', 'add', 'origin', origin);
  const push = (folder: string, branch: string, message: string) => {
    git(folder, 'add', '--all');
    git(folder, 'commit', '--quiet', '--allow-empty', '--message', message);
    git(folder, 'push', '--quiet', 'origin', `HEAD:refs/heads/${branch}`);
    return git(folder, 'rev-parse', 'HEAD');
  };
  push(anna, 'main', 'Predict the species of a penguin');
  return {
    origin,
    store,
    git,
    push,
    checkout(name, ref = 'main') {
      const folder = join(root, name);
      git(root, 'clone', '--quiet', '--depth=1', '--no-tags', '--branch', ref, `file://${origin}`, folder);
      return folder;
    },
    async step(folder, action, event, inputs = {}) {
      // the origin is a folder: a token would be for a GitHub that is not there
      const given = { store, 'github-token': '', ...inputs };
      const run = await runBuiltAction({ home, action, workspace: folder, event, inputs: given });
      return { ...run, document: documentOf(run) };
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** Changes the lines of a file. */
export function rewrite(path: string, change: (text: string) => string): void {
  writeFileSync(path, change(readFileSync(path, 'utf8')));
}

/** Every row gets the species of a row far away: the labels mean nothing, their counts stay. */
export function shuffleLabels(folder: string): void {
  rewrite(join(folder, 'data/train.csv'), (text) => {
    const [header = '', ...rows] = text.trim().split('\n');
    const column = header.split(',').indexOf('species');
    const cells = rows.map((row) => row.split(','));
    const moved = cells.map((row, at) => row.with(column, cells[(at * 101 + 37) % cells.length]?.[column] ?? ''));
    return `${[header, ...moved.map((row) => row.join(','))].join('\n')}\n`;
  });
}

/** A penguin of 9 tonnes, and one twice. */
export function breakTable(folder: string): void {
  rewrite(join(folder, 'data/train.csv'), (text) => {
    const [header = '', first = '', ...rows] = text.trim().split('\n');
    const heavy = first.split(',').with(header.split(',').indexOf('body_mass_g'), '9000000');
    return `${[header, heavy.join(','), ...rows, rows[0]].join('\n')}\n`;
  });
}
