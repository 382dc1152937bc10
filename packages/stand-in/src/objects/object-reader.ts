import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';

export interface RawObject {
  readonly id: string;
  readonly kind: 'commit' | 'tree' | 'blob' | 'tag';
  readonly bytes: Buffer;
}

export interface ObjectReader {
  read(name: string): Promise<RawObject | null>;
  close(): void;
}

interface Question {
  readonly resolve: (object: RawObject | null) => void;
  readonly reject: (error: Error) => void;
}

/** The next whole answer at the start of the bytes, and what is left after it; null while it is not all there. */
function takeAnswer(bytes: Buffer): { object: RawObject | null; rest: Buffer } | null {
  const lineEnd = bytes.indexOf(10);
  if (lineEnd < 0) return null;
  const [, id, kind, length] =
    /^([0-9a-f]{40,64}) (commit|tree|blob|tag) (\d+)$/.exec(bytes.toString('utf8', 0, lineEnd)) ?? [];
  if (id === undefined) return { object: null, rest: bytes.subarray(lineEnd + 1) };
  const end = lineEnd + 1 + Number(length);
  if (bytes.length < end + 1) return null;
  const object = { id, kind: kind as RawObject['kind'], bytes: Buffer.from(bytes.subarray(lineEnd + 1, end)) };
  return { object, rest: bytes.subarray(end + 1) };
}

/** One `git cat-file --batch` for all reads of a repository: starting git for each costs more than the answer. */
export function createObjectReader(folder: string, env: Record<string, string>): ObjectReader {
  const questions: Question[] = [];
  let child: ChildProcessWithoutNullStreams | null = null;
  let pending: Buffer = Buffer.alloc(0);

  const onData = (chunk: Buffer) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    for (let taken = takeAnswer(pending); taken !== null; taken = takeAnswer(pending)) {
      pending = taken.rest;
      questions.shift()?.resolve(taken.object);
    }
  };
  const onClose = () => {
    child = null;
    pending = Buffer.alloc(0);
    for (const { reject } of questions.splice(0)) reject(new Error('git cat-file ended'));
  };
  const start = () => {
    const started = spawn('git', ['cat-file', '--batch'], { cwd: folder, env });
    started.stdout.on('data', onData);
    started.on('close', onClose);
    started.on('error', onClose);
    started.stdin.on('error', () => {});
    started.stderr.resume();
    return started;
  };
  return {
    read(name) {
      if (name === '' || name.includes('\n')) return Promise.resolve(null);
      return new Promise((resolve, reject) => {
        child ??= start();
        questions.push({ resolve, reject });
        child.stdin.write(`${name}\n`);
      });
    },
    close() {
      child?.stdin.end();
    },
  };
}
