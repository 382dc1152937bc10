import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readLedger } from '@model-gitops/lifecycle';
import { type LedgerEvent, parseRecord } from '@model-gitops/registry';
import { cloneOf, git } from '../contracts/scratch-git.ts';
import { openWriter } from './registry-writer.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const writer = fileURLToPath(new URL('registry-writer.ts', import.meta.url));

export interface Written {
  readonly name: string;
  readonly version: string | null;
  readonly created: boolean | null;
}

/** A bare origin with one commit on main. */
export function createOrigin(folder: string): string {
  const origin = join(folder, 'origin.git');
  git(tmpdir(), 'init', '--quiet', '--bare', origin);
  const first = cloneOf(origin, 'first');
  git(first, 'checkout', '--quiet', '-b', 'main');
  git(first, 'commit', '--quiet', '--allow-empty', '-m', 'Start');
  git(first, 'push', '--quiet', 'origin', 'main');
  git(origin, 'symbolic-ref', 'HEAD', 'refs/heads/main');
  return origin;
}

function runWriter(clone: string, what: string, name: string, count: number): Promise<Written[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', writer, clone, what, name, String(count)], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += String(chunk);
    });
    child.stderr.on('data', (chunk) => {
      err += String(chunk);
    });
    child.on('close', (code) => {
      if (code === 0)
        resolve(
          out
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line) as Written),
        );
      else reject(new Error(`writer ${name} ended with ${code}: ${err.slice(-2000)}`));
    });
  });
}

/** Starts that many processes at once, each with its own clone, and gives all that they say they wrote. */
export async function runWriters(
  origin: string,
  what: 'register' | 'append',
  processes: number,
  operations: number,
): Promise<Written[]> {
  const clones = Array.from({ length: processes }, (_, n) => cloneOf(origin, `${what}-${n}`));
  const answers = await Promise.all(clones.map((clone, n) => runWriter(clone, what, `${what}-${n}`, operations)));
  return answers.flat();
}

export interface OriginState {
  readonly tags: readonly string[];
  readonly operations: readonly string[];
  readonly events: readonly LedgerEvent[];
  readonly ledgerCommits: number;
  readonly ledgerMerges: number;
}

/** What the origin holds in the end. */
export async function readOrigin(origin: string): Promise<OriginState> {
  const tags = git(origin, 'tag', '--list')
    .split('\n')
    .filter((tag) => tag !== '');
  const operations = tags.map((tag) => {
    const record = parseRecord(git(origin, 'tag', '--list', '--format=%(contents)', tag));
    return record.ok ? record.value.operation : '';
  });
  const { git: store } = await openWriter(cloneOf(origin, 'reader'), 'origin');
  const { events } = await readLedger(store, null);
  const count = (...flags: string[]) => Number(git(origin, 'rev-list', '--count', ...flags, 'model-gitops/ledger'));
  return { tags, operations, events, ledgerCommits: count(), ledgerMerges: count('--merges') };
}
