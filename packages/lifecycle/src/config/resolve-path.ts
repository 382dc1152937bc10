/** A path of the repository, or why the text is none. */
export type Resolved = { readonly path: string } | { readonly flaw: string };

const outside = 'leaves the repository';

function flawOfText(text: string): string | null {
  if (/\p{Cc}/u.test(text)) return 'has a control character in it';
  if (text.includes('\\')) return 'has a backslash; folders are separated by "/" on every system';
  if (/^[A-Za-z]:/.test(text)) return 'begins with a drive, which other computers do not have';
  if (/^[a-z][a-z0-9+.-]+:/i.test(text)) return 'is an address; only files of the repository are read';
  return text.startsWith('!') ? 'begins with "!", and nothing can be left out of a glob' : null;
}

function flawOfPath(parts: readonly string[]): string | null {
  if (parts.length === 0) return 'is the whole repository';
  if (parts.some((part) => part.toLowerCase() === '.git')) return 'is inside of the folder that Git keeps for itself';
  return parts[0]?.startsWith('!') ? 'begins with "!", and nothing can be left out of a glob' : null;
}

/** Relative to `folder`, or with a leading `/` to the root of the repository. The result has neither `.` nor `..` nor a slash at its ends. */
export function resolvePath(text: string, folder: string): Resolved {
  const flaw = flawOfText(text);
  if (flaw !== null) return { flaw };
  const parts: string[] = text.startsWith('/') || folder === '' ? [] : folder.split('/');
  for (const part of text.split('/')) {
    if (part === '..' && parts.pop() === undefined) return { flaw: outside };
    if (part !== '..' && part !== '.' && part !== '') parts.push(part);
  }
  const wrong = flawOfPath(parts);
  return wrong === null ? { path: parts.join('/') } : { flaw: wrong };
}

/** The same for what must be one file. */
export function resolveFile(text: string, folder: string): Resolved {
  return /[*?]/.test(text) ? { flaw: 'is a pattern, and one file is wanted' } : resolvePath(text, folder);
}

/** The folder of a file; empty at the root. */
export function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf('/')));
}
