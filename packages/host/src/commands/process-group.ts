import type { ChildProcess } from 'node:child_process';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** The runner kills us about 10 s after its first signal. */
const patienceMs = 5000;

/** On Windows there are no groups: the console's Ctrl+C reaches every process in it by itself. */
export const hasGroups = process.platform !== 'win32';

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (hasGroups) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    // all of it has ended already
  }
}

/**
 * While a command runs, a signal to us goes to the command and all that it started; once it has ended, we end by the
 * same signal. Returns how to let go.
 */
export function endTogether(child: ChildProcess): () => void {
  let received: NodeJS.Signals | null = null;
  let timer: NodeJS.Timeout | null = null;
  const forward = (signal: NodeJS.Signals) => {
    received ??= signal;
    signalGroup(child, signal);
    timer ??= setTimeout(() => signalGroup(child, 'SIGKILL'), patienceMs);
  };
  const killNow = () => signalGroup(child, 'SIGKILL');
  for (const signal of signals) process.on(signal, forward);
  process.on('exit', killNow);
  return () => {
    for (const signal of signals) process.off(signal, forward);
    process.off('exit', killNow);
    if (timer !== null) clearTimeout(timer);
    if (received === null) return;
    killNow();
    process.kill(process.pid, received);
  };
}
