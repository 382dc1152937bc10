import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import ts from 'typescript';
import type { Check } from './check.ts';

/** What a bundled file asks for by name: import, export from, import(), require(). */
export function importedNames(text: string): readonly string[] {
  const required = [...text.matchAll(/(?:\brequire|\(import\.meta\.url\))\(\s*["'`]([^"'`]+)["'`]\s*\)/g)];
  const imported = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
  return [...new Set([...imported, ...required.map(([, name = '']) => name)])];
}

export function strangeImports(path: string, text: string): readonly string[] {
  const bare = importedNames(text).filter((name) => !name.startsWith('.') && !isBuiltin(name));
  // what ncc writes where it found no module
  const missing = [...text.matchAll(/eval\(["']require["']\)\(["']([^"']+)["']\)/g)].map(([, name = '']) => name);
  return [
    ...bare.map((name) => `${path} imports ${name}, which is not there where the action runs`),
    ...missing.filter((name) => !isBuiltin(name)).map((name) => `${path} was bundled while ${name} was missing`),
  ];
}

/** The bundle stands alone: an engine that is imported by name stops every door where it is not installed. */
export const distImports: Check = {
  name: 'dist stands alone',
  mend: 'Load engines by the injected loadEngine, then: npm run build -- dist',
  async find(root) {
    const folder = join(root, 'dist');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
    if (files.length === 0) return ['dist holds no JavaScript'];
    return files.flatMap((name) => strangeImports(`dist/${name}`, readFileSync(join(folder, name), 'utf8')));
  },
};
