import { StringDecoder } from 'node:string_decoder';

/** Longer lines are cut: a program that never ends its line must not fill our memory. */
export const longestLine = 8192;

export interface LineSplitter {
  readonly write: (chunk: Uint8Array) => void;
  /** The last line, if it was not ended. */
  readonly end: () => void;
}

/** What a terminal would show of a line in which a progress bar goes back to the start again and again. */
function shownPart(line: string): string {
  const ended = line.endsWith('\r') ? line.slice(0, -1) : line;
  return ended.slice(ended.lastIndexOf('\r') + 1);
}

function finish(line: string): string {
  const shown = shownPart(line);
  return shown.length > longestLine ? `${shown.slice(0, longestLine)}…` : shown;
}

/** Bytes in, lines out, whatever the chunks: characters and line ends may be torn between two. */
export function splitLines(onLine: (line: string) => void): LineSplitter {
  const decoder = new StringDecoder('utf8');
  let pending = '';
  const take = (text: string) => {
    const lines = `${pending}${text}`.split('\n');
    const last = lines.pop() ?? '';
    for (const line of lines) onLine(finish(line));
    const restarted = last.slice(last.slice(0, -1).lastIndexOf('\r') + 1);
    pending = restarted.slice(0, longestLine + 1);
  };
  return {
    write: (chunk) => take(decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))),
    end() {
      take(decoder.end());
      if (pending !== '') onLine(finish(pending));
      pending = '';
    },
  };
}
