import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** What Git knows or would take: no installed packages, no scratch files. */
export function listSources(root: string): readonly string[] {
  const output = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return [...new Set(output.split('\0'))].filter((path) => path !== '' && existsSync(join(root, path))).toSorted();
}

/** The copy's rooms are its own: a link to the installed ones would test the original. */
function linkPackages(root: string, target: string): void {
  const installed = join(root, 'node_modules');
  const folder = join(target, 'node_modules');
  mkdirSync(join(folder, '@model-gitops'), { recursive: true });
  for (const name of readdirSync(installed)) {
    if (name !== '@model-gitops') symlinkSync(join(installed, name), join(folder, name));
  }
  for (const name of readdirSync(join(target, 'packages'))) {
    symlinkSync(join(target, 'packages', name), join(folder, '@model-gitops', name));
  }
}

/** A copy to plant faults in: the sources as they stand, and the installed packages by links. */
export function copyRepository(root: string, target: string): void {
  const inside = relative(resolve(root, '.scratch'), resolve(target));
  if (inside === '' || inside.startsWith('..')) throw new Error(`A copy belongs into .scratch, not ${target}`);
  rmSync(target, { recursive: true, force: true });
  for (const path of listSources(root)) {
    mkdirSync(dirname(join(target, path)), { recursive: true });
    cpSync(join(root, path), join(target, path));
  }
  linkPackages(root, target);
}
