import { randomUUID } from 'node:crypto';

export interface ForeignOutput {
  readonly onLine: (line: string) => void;
  /** Must be called before the action writes commands of its own. */
  readonly close: () => void;
}

/** Lines of the user's programs, between commands that make the runner ignore commands: a training script must not set our outputs. */
export function foreignOutput(write: (text: string) => void): ForeignOutput {
  const token = randomUUID();
  let isOpen = false;
  return {
    onLine(line) {
      if (!isOpen) write(`::stop-commands::${token}\n`);
      isOpen = true;
      write(`${line}\n`);
    },
    close() {
      if (isOpen) write(`::${token}::\n`);
      isOpen = false;
    },
  };
}
