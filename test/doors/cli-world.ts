import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { model, node, tensor, value } from '../../examples/penguins/models/penguins/onnx-writer.mjs';
import { git } from '../contracts/scratch-git.ts';
import { type CliResult, runCli } from './cli-process.ts';

/** A clone with a bare origin beside it, in a folder of the test's own. */
export interface CliWorld {
  readonly folder: string;
  readonly origin: string;
  readonly run: (...args: readonly string[]) => Promise<CliResult>;
  readonly git: (...args: readonly string[]) => string;
  readonly write: (path: string, text: string | Uint8Array) => void;
  readonly commit: (message: string) => void;
}

/** Folders for the tests of one file, removed after them. */
export function scratchFolders(): (name: string) => string {
  const root = mkdtempSync(join(tmpdir(), 'model-gitops-cli-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  return (name) => mkdtempSync(join(root, `${name}-`));
}

export function worldIn(folder: string, origin: string): CliWorld {
  return {
    folder,
    origin,
    run: (...args) => runCli(args, { cwd: folder }),
    git: (...args) => git(folder, ...args),
    write: (path, text) => writeFileSync(join(folder, path), text),
    commit(message) {
      git(folder, 'add', '--all');
      git(folder, 'commit', '--quiet', '-m', message);
    },
  };
}

/** A repository of Ana's with one pushed commit; `from` is laid into it first. */
export function createWorld(root: string, from?: string): CliWorld {
  const [origin, folder] = [join(root, 'origin.git'), join(root, 'work')];
  git(root, 'init', '--quiet', '--bare', origin);
  git(root, 'clone', '--quiet', origin, folder);
  git(folder, 'config', 'user.name', 'Ana');
  git(folder, 'config', 'user.email', 'ana@example.com');
  const world = worldIn(folder, origin);
  if (from !== undefined) cpSync(from, folder, { recursive: true });
  else world.write('README.md', 'models\n');
  world.commit('Begin');
  git(folder, 'branch', '-M', 'main');
  git(folder, 'push', '--quiet', 'origin', 'main');
  return world;
}

/** A small, safe ONNX file; other numbers are other bytes. */
export function onnxFile(weight: number): Uint8Array {
  return model({
    nodes: [node('Add', ['x', 'w'], ['y'])],
    inputs: [value('x', 'float32', ['N'])],
    outputs: [value('y', 'float32', ['N'])],
    initializers: [tensor('w', 'float32', [1], [weight])],
  });
}
