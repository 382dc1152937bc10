import picomatch from 'picomatch';
import type { FileFacts, Workspace } from '../ports/index.ts';
import { ProblemError } from '../problem.ts';
import { digestOfBytes, type MemoryDisk } from './memory-artifact-store.ts';

const root = '/repository';
const neverListed = ['.git', 'node_modules', '.model-gitops'];

/** The path from the root of the repository. Problem `path-outside`. */
function inside(path: string): string {
  const segments: string[] = [];
  for (const name of (path.startsWith('/') ? path : `${root}/${path}`).split('/').filter((part) => part !== ''))
    if (name === '..') segments.pop();
    else if (name !== '.') segments.push(name);
  const [first, ...rest] = segments;
  if (`/${first}` === root) return rest.join('/');
  throw new ProblemError({
    code: 'path-outside',
    message: `${path} leaves the repository.`,
    remedy: 'Stay inside.',
    file: path,
  });
}

function join(folder: string, path: string): string {
  return folder === '' ? path : path === '' ? folder : `${folder}/${path}`;
}

/** The Workspace of a checkout at `/repository` of a disk in memory: the twin of the one on a real disk. */
export function memoryWorkspace({ files }: MemoryDisk): Workspace {
  const place = (path: string) => join(root, inside(path));
  const below = (path: string) => {
    const prefix = `${place(path)}/`;
    return [...files.keys()].filter((file) => file.startsWith(prefix)).map((file) => file.slice(prefix.length));
  };
  const measureFolder = (path: string): FileFacts | null => {
    const inFolder = below(path).map((file) => ({
      file,
      bytes: files.get(`${place(path)}/${file}`) ?? new Uint8Array(),
    }));
    if (inFolder.length === 0) return null;
    const lines = inFolder.map(({ file, bytes }) => `${digestOfBytes(bytes)}  ${file}\n`).sort();
    const sha256 = digestOfBytes(new TextEncoder().encode(lines.join('')));
    const size = inFolder.reduce((sum, { bytes }) => sum + bytes.length, 0);
    return { path: inside(path), kind: 'directory', sha256, size };
  };
  return {
    async readText(path) {
      const bytes = files.get(place(path));
      return bytes === undefined ? null : new TextDecoder().decode(bytes);
    },
    readBytes: async (path) => files.get(place(path)) ?? null,
    writeText: async (path, text) => void files.set(place(path), new TextEncoder().encode(text)),
    async remove(path) {
      for (const file of below(path)) files.delete(`${place(path)}/${file}`);
      files.delete(place(path));
    },
    async list(globs, under) {
      const start = inside(under);
      for (const glob of globs) inside(join(start, picomatch.scan(glob).base));
      const isWanted = picomatch([...globs], { dot: true });
      const isOwn = (file: string) => !file.split('/').some((name) => neverListed.includes(name));
      return below(start)
        .filter((file) => isOwn(file) && isWanted(file))
        .map((file) => join(start, file))
        .sort();
    },
    async measure(path) {
      const bytes = files.get(place(path));
      if (bytes === undefined) return measureFolder(path);
      return { path: inside(path), kind: 'file', sha256: digestOfBytes(bytes), size: bytes.length };
    },
    resolve: place,
  };
}
