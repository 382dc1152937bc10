/** Where a verb is told to people: what may be coloured, and how progress is shown. stdout is the result, stderr is progress. */
export interface Terminal {
  readonly colour: boolean;
  /** A line of the user's own command. */
  readonly onLine: (line: string) => void;
  /** Shows what is being done once it takes more than half a second. */
  progress<Result>(label: string, work: Promise<Result>): Promise<Result>;
}

interface Streams {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

const patienceMs = 500;
const frameMs = 120;

/** NO_COLOR (no-color.org) and a dumb or missing terminal switch colour off, FORCE_COLOR on. */
export function wantsColour(environment: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (environment.NO_COLOR) return false;
  if (environment.FORCE_COLOR && environment.FORCE_COLOR !== '0') return true;
  return isTerminal && environment.TERM !== 'dumb';
}

function showProgress(label: string, stderr: NodeJS.WriteStream): () => void {
  if (!stderr.isTTY) {
    stderr.write(`${label} …\n`);
    return () => undefined;
  }
  const start = performance.now();
  const frames = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
  let frame = 0;
  const timer = setInterval(() => {
    frame = (frame + 1) % frames.length;
    stderr.write(
      `\r\u001b[K${frames[frame]} ${label} ${((performance.now() - start + patienceMs) / 1000).toFixed(1)} s`,
    );
  }, frameMs);
  return () => {
    clearInterval(timer);
    stderr.write('\r\u001b[K');
  };
}

export function createTerminal({ stdout, stderr }: Streams, environment: NodeJS.ProcessEnv): Terminal {
  let stop: (() => void) | null = null;
  const hide = () => {
    stop?.();
    stop = null;
  };
  return {
    colour: wantsColour(environment, stdout.isTTY === true),
    onLine(line) {
      hide();
      stderr.write(`${line}\n`);
    },
    async progress(label, work) {
      const timer = setTimeout(() => {
        stop = showProgress(label, stderr);
      }, patienceMs);
      try {
        return await work;
      } finally {
        clearTimeout(timer);
        hide();
      }
    },
  };
}
