import type { Answer } from '@model-gitops/lifecycle';
import type { Command } from 'commander';
import type { Terminal } from './terminal.ts';

/** What every verb may be given. */
export interface SharedOptions {
  readonly repository: string;
  readonly store?: string;
  readonly local?: boolean;
  readonly offline?: boolean;
  readonly dryRun?: boolean;
}

/** One call of a verb, parsed. */
export interface Call {
  readonly arguments: readonly string[];
  readonly options: Readonly<Record<string, unknown>> & SharedOptions;
  readonly terminal: Terminal;
  /** Where engines are looked for: the address of the file that was started. */
  readonly from: string;
}

export type Perform = (call: Call) => Promise<Answer>;

/** A verb of the command line. What it does is loaded when it is called: `ls` never pays for an engine. */
export interface Verb {
  readonly name: string;
  readonly summary: string;
  readonly usage: string;
  readonly example: string;
  readonly define: (command: Command) => Command;
  readonly load: () => Promise<Perform>;
}
