import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { SpawnGit } from './run-git.ts';

/** Asks `git cat-file --batch` for objects; null where it did not answer all of them. */
export type AskObjects = (names: readonly string[]) => Promise<Uint8Array | null>;

const timeoutMs = 180_000;

/** The process keeps nobody waiting: only while a question is open does it count for the event loop. */
function hold(child: ChildProcessWithoutNullStreams, isHeld: boolean): void {
  const change = isHeld ? 'ref' : 'unref';
  child[change]();
  for (const stream of [child.stdin, child.stdout, child.stderr])
    (stream as unknown as Record<typeof change, () => void>)[change]();
}

/** One question: the answer ends where a name that cannot exist is said to be missing. */
function ask(child: ChildProcessWithoutNullStreams, names: readonly string[]): Promise<Uint8Array | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const end = randomUUID();
    const mark = Buffer.from(`${end} missing\n`);
    const finish = (answer: Uint8Array | null) => {
      clearTimeout(timer);
      child.stdout.off('data', onData);
      child.off('close', onGone);
      child.off('error', onGone);
      hold(child, false);
      resolve(answer);
    };
    const onGone = () => finish(null);
    const onData = (chunk: Buffer) => {
      chunks.push(chunk);
      const tail = chunk.length >= mark.length ? chunk : Buffer.concat(chunks.slice(-(mark.length + 1)));
      if (!tail.subarray(-mark.length).equals(mark)) return;
      finish(Buffer.concat(chunks).subarray(0, -mark.length));
    };
    const timer = setTimeout(() => child.kill('SIGTERM'), timeoutMs);
    hold(child, true);
    child.stdout.on('data', onData);
    child.once('close', onGone);
    child.once('error', onGone);
    child.stdin.write(`${names.join('\n')}\n${end}\n`);
  });
}

/**
 * One process for all questions of a store: starting Git costs more than most answers. A process that ends, for whatever
 * reason, is not started again: the caller asks in another way, which also tells what went wrong.
 */
export function createObjectProcess(spawnGit: SpawnGit): AskObjects {
  let child: ChildProcessWithoutNullStreams | null = null;
  let isGone = false;
  let last: Promise<unknown> = Promise.resolve();
  const start = () => {
    const started = spawnGit(['cat-file', '--batch']);
    const gone = () => {
      isGone = true;
    };
    started.once('close', gone);
    started.once('error', gone);
    started.stdin.on('error', gone);
    started.stderr.resume();
    return started;
  };
  return (names) => {
    const answer = last.then(() => {
      if (isGone) return null;
      child ??= start();
      return ask(child, names);
    });
    last = answer;
    return answer;
  };
}
