import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function readPackage(folder: string): { readonly name?: unknown; readonly version?: unknown } | null {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name?: unknown; version?: unknown };
  } catch {
    // most folders on the way have none
    return null;
  }
}

/** The version of the package that the started file belongs to. */
export function readVersion(from: string): string {
  let folder = dirname(fileURLToPath(from));
  while (dirname(folder) !== folder) {
    const found = readPackage(folder);
    if (found?.name === 'model-gitops' && typeof found.version === 'string') return found.version;
    folder = dirname(folder);
  }
  return 'unknown';
}
