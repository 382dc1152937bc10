import type { Answer } from '@model-gitops/lifecycle';
import type { Command } from 'commander';
import type { Terminal } from './terminal.ts';

/** What every verb may be given. */
interface SharedOptions {
  readonly repository: string;
  readonly store?: string;
  readonly local?: boolean;
  readonly offline?: boolean;
  readonly dryRun?: boolean;
}

/** Values of options as commander leaves them, by camelCase name. */
export type Options = Readonly<Record<string, unknown>> & SharedOptions;

/** One call of a verb, parsed. */
export interface Call {
  readonly arguments: readonly string[];
  readonly options: Options;
  readonly terminal: Terminal;
  readonly input: NodeJS.ReadableStream;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where engines are looked for: the address of the file that was started. */
  readonly from: string;
}

/** `text` is what people get instead of the reports, where the result is itself a file: `config schema > schema.json`. */
export interface VerbAnswer extends Answer {
  readonly text?: string;
}

export type Perform = (call: Call) => Promise<VerbAnswer>;

/** Headings of `--help`. */
type VerbGroup = 'Steps' | 'Registry' | 'Repository';

/** A verb of the command line. What it does is loaded when it is called: `ls` never pays for an engine. */
export interface Verb {
  /** One word, or two: `config check`. */
  readonly name: string;
  readonly group: VerbGroup;
  readonly summary: string;
  /** Positional arguments as commander writes them: `<model> [environment]`. */
  readonly arguments: string;
  readonly examples: readonly string[];
  /** What is being done, shown once it takes more than half a second. */
  readonly progress: string;
  readonly define: (command: Command) => Command;
  readonly load: () => Promise<Perform>;
}
