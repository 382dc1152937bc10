import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { installPython, type ProgramResult, repositoryRoot, runProgram } from '@model-gitops/tools';
import { git } from '../contracts/scratch-git.ts';
import { type Lane, runLane } from './lane.ts';

// A model that is no ONNX file: scikit-learn trains and scores it by the user's own commands; we never open the pickle.

const cli = join(repositoryRoot, 'dist', 'cli.js');

interface Document {
  readonly [key: string]: unknown;
}

/** The built command line in a checkout whose `python` is the lane's. */
function openDoor(folder: string, bin: string) {
  const environment = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
  return async (...args: readonly string[]): Promise<ProgramResult & { readonly document: Document }> => {
    const result = await runProgram({
      command: process.execPath,
      arguments: [cli, ...args, '--json'],
      folder,
      environment,
    });
    const document = result.stdout.startsWith('{') ? (JSON.parse(result.stdout) as Document) : {};
    return { ...result, document };
  };
}

/** The user's repository with real data, its first commit on a bare origin. */
async function createRepository(scratch: string, bin: string): Promise<string> {
  const [origin, folder] = [join(scratch, 'origin.git'), join(scratch, 'checkout')];
  git(scratch, 'init', '--quiet', '--bare', '--initial-branch=main', origin);
  git(scratch, 'clone', '--quiet', origin, folder);
  cpSync(join(repositoryRoot, 'test', 'lanes', 'pickle'), folder, { recursive: true });
  renameSync(join(folder, 'gitignore'), join(folder, '.gitignore'));
  const made = await runProgram({ command: join(bin, 'python'), arguments: ['make-data.py'], folder });
  if (made.code !== 0) throw new Error(made.stderr);
  for (const [key, value] of [
    ['user.name', 'Anna'],
    ['user.email', 'anna@example.com'],
  ] as const)
    git(folder, 'config', key, value);
  git(folder, 'checkout', '--quiet', '-B', 'main');
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', 'Tell benign from malignant');
  git(folder, 'push', '--quiet', 'origin', 'main');
  return folder;
}

async function playLife(lane: Lane, scratch: string, bin: string): Promise<void> {
  const folder = await createRepository(scratch, bin);
  const door = openDoor(folder, bin);
  const trained = await door('train', 'cancer');
  lane.claim('train writes the pickle and records the run', trained.code === 0, trained.stdout + trained.stderr);
  const again = await door('train', 'cancer');
  lane.claim('the same key takes the same bytes', again.code === 0 && again.document.reused === true, again.stdout);
  const evaluated = await door('evaluate', 'cancer');
  const { accuracy } = (evaluated.document.metrics ?? {}) as { accuracy?: number };
  lane.claim(
    `evaluate.run scores it: accuracy ${accuracy}`,
    evaluated.code === 0 && (accuracy ?? 0) > 0.93,
    evaluated.stdout + evaluated.stderr,
  );
  const gates = (evaluated.document.gates ?? []) as { passed: boolean }[];
  lane.claim(
    'both gates are judged and pass',
    gates.length === 2 && gates.every(({ passed }) => passed),
    evaluated.stdout,
  );
  const registered = await door('register', 'cancer');
  lane.claim(
    'it is registered',
    registered.code === 0 && registered.document.created === true,
    registered.stdout + registered.stderr,
  );
  lane.claim('as a tag on the origin', git(folder, 'ls-remote', '--tags', 'origin').includes('refs/tags/cancer@v'));
  const pulled = await door('pull', `cancer@${registered.document.version}`, '--out', join(scratch, 'server'));
  lane.claim('and pulled, verified', pulled.code === 0, pulled.stdout + pulled.stderr);
  const isSame = readFileSync(join(folder, 'models/cancer/model.pkl')).equals(
    readFileSync(join(scratch, 'server/model.pkl')),
  );
  lane.claim('the bytes are those that were trained', isSame);
}

await runLane(async (lane) => {
  const python = await installPython(repositoryRoot, 'pickle');
  if (!python.isThere) {
    lane.skip('scikit-learn', python.why);
    return;
  }
  const scratch = mkdtempSync(join(tmpdir(), 'model-gitops-pickle-'));
  try {
    await playLife(lane, scratch, python.path);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
});
