import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** Paths from the root of the repository, with `/`, and what they hold. */
export type GeneratedFiles = ReadonlyMap<string, string>;

export interface Generator {
  readonly name: string;
  /** The folder that holds nothing but what it generates: anything else there is left over. */
  readonly folder?: string;
  readonly generate: (root: string) => Promise<GeneratedFiles>;
}

function listFiles(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}

function isExecutable(path: string): boolean {
  return path === 'dist/cli.js';
}

function differs(root: string, path: string, text: string): boolean {
  const file = join(root, path);
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) return true;
  return isExecutable(path) && process.platform !== 'win32' && (statSync(file).mode & 0o100) === 0;
}

/** The files that are not what the generator makes: other text, missing, or left over. Changes nothing. */
export async function compareGenerated(root: string, generator: Generator): Promise<readonly string[]> {
  const files = await generator.generate(root);
  const changed = [...files].filter(([path, text]) => differs(root, path, text)).map(([path]) => path);
  const leftOver = generator.folder === undefined ? [] : listFiles(root, generator.folder).filter((p) => !files.has(p));
  return [...changed, ...leftOver].toSorted();
}

/** Writes what the generator makes, removes what is left over, and tells what was changed. */
export async function writeGenerated(root: string, generator: Generator): Promise<readonly string[]> {
  const files = await generator.generate(root);
  const leftOver = generator.folder === undefined ? [] : listFiles(root, generator.folder).filter((p) => !files.has(p));
  for (const path of leftOver) rmSync(join(root, path));
  const changed = [...files].filter(([path, text]) => differs(root, path, text));
  for (const [path, text] of changed) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    if (isExecutable(path)) chmodSync(join(root, path), 0o755);
  }
  return [...changed.map(([path]) => path), ...leftOver].toSorted();
}
