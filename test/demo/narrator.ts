import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Tells the story on the terminal, and keeps every text whole. */
export interface Narrator {
  /** What happens now, in a sentence. */
  chapter(name: string, sentence: string): void;
  /** A text that a person would see, as it is; the terminal shows its beginning. */
  show(name: string, text: string): Promise<void>;
  /** What was checked of the step, in a sentence. */
  done(sentence: string): void;
}

const shownLines = 16;

function colours(isTerminal: boolean, environment: NodeJS.ProcessEnv) {
  const isOn = isTerminal && !environment.NO_COLOR && environment.TERM !== 'dumb';
  const paint = (code: string) => (text: string) => (isOn ? `\u001b[${code}m${text}\u001b[0m` : text);
  return { strong: paint('1'), faint: paint('2'), good: paint('32') };
}

/** A narrator that writes each text to `folder`, numbered in the order of the story. */
export function createNarrator(folder: string, output: NodeJS.WriteStream): Narrator {
  const { strong, faint, good } = colours(output.isTTY === true, process.env);
  const line = (text = '') => output.write(`${text}\n`);
  let chapter = 0;
  let part = 0;
  return {
    chapter(name, sentence) {
      chapter += 1;
      part = 0;
      line();
      line(`${strong(`${chapter}. ${name}`)}  ${sentence}`);
    },
    async show(name, text) {
      part += 1;
      const file = `${String(chapter).padStart(2, '0')}-${part}-${name}`;
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, file), text.endsWith('\n') ? text : `${text}\n`);
      const lines = text.trimEnd().split('\n');
      for (const each of lines.slice(0, shownLines)) line(`   ${faint('│')} ${each}`);
      if (lines.length > shownLines)
        line(`   ${faint(`│ … ${lines.length - shownLines} more lines in .demo/texts/${file}`)}`);
    },
    done(sentence) {
      line(`   ${good('✓')} ${sentence}`);
    },
  };
}
