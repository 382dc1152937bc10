import { Command, CommanderError } from 'commander';
import { outputOptions } from './definitions/shared-options.ts';
import { type Format, formats } from './format.ts';
import { cliProblems } from './problems.ts';
import type { Options, Verb } from './verb.ts';

type Problem = ReturnType<typeof cliProblems.usage>;

/** What a command line asks for. */
export type CommandLine =
  | { readonly kind: 'call'; readonly verb: Verb; readonly words: readonly string[]; readonly options: Options }
  /** Help or the version: shown already. */
  | { readonly kind: 'shown' }
  | { readonly kind: 'refused'; readonly problem: Problem }
  /** Nothing was named, so people get the help that they were looking for. */
  | { readonly kind: 'unnamed'; readonly problem: Problem; readonly help: string };

export interface Grammar {
  readonly verbs: readonly Verb[];
  /** What the first of two words means. */
  readonly families: Readonly<Record<string, string>>;
  readonly version: string;
}

const pairOptions = new Set(['--table', '--data', '--parameter', '--privileged']);

/** `--table a=b c=d` is `--table a=b --table c=d`: words with a `=` go on with the option before them. */
export function spreadPairs(argv: readonly string[]): readonly string[] {
  const spread: string[] = [];
  let option: string | null = null;
  for (const [index, word] of argv.entries()) {
    if (word === '--') return [...spread, ...argv.slice(index)];
    const isPair = /^[^-=][^=]*=/.test(word);
    if (isPair && option !== null && spread.at(-1) !== option) spread.push(option);
    spread.push(word);
    if (pairOptions.has(word)) option = word;
    else if (!isPair) option = null;
  }
  return spread;
}

/** The format that a command line names, as far as it can be told without understanding the rest. */
export function formatOfWords(argv: readonly string[]): Format {
  const end = argv.indexOf('--');
  const words = end < 0 ? argv : argv.slice(0, end);
  if (words.includes('--json')) return 'json';
  const named = words.find((word, index) => words[index - 1] === '--format' || word.startsWith('--format='));
  return formats.find((format) => named?.replace('--format=', '') === format) ?? 'text';
}

function verbOfWords(argv: readonly string[], { verbs, families }: Grammar): string | null {
  const [first = '', second = ''] = argv.filter((word) => !word.startsWith('-'));
  const known = [`${first} ${second}`, first].find((name) => verbs.some((verb) => verb.name === name));
  return known ?? (first in families ? first : null);
}

function addVerb(parent: Command, verb: Verb, take: (call: CommandLine) => void): void {
  const command = outputOptions(verb.define(parent.command(verb.name.split(' ').at(-1) ?? verb.name)))
    .helpGroup(`${verb.group}:`)
    .summary(verb.summary)
    .description(`${verb.summary.charAt(0).toUpperCase()}${verb.summary.slice(1)}.`)
    .addHelpText('after', `\nExamples:\n${verb.examples.map((example) => `  ${example}`).join('\n')}`);
  if (verb.arguments !== '') command.arguments(verb.arguments);
  command.action(() => {
    const options = { repository: '.', ...parent.parent?.opts(), ...parent.opts(), ...command.opts() };
    take({ kind: 'call', verb, words: command.args, options });
  });
}

/** A verb as a list shows it: its name, of a family with its second words. */
function wordsOf(command: Command): string {
  const words = command.commands.map((sub) => sub.name()).filter((name) => name !== 'help');
  return words.length === 0 ? command.name() : `${command.name()} ${words.join('|')}`;
}

function createProgram({ verbs, families, version }: Grammar, take: (call: CommandLine) => void): Command {
  const program = outputOptions(new Command('model-gitops'))
    .description('The lifecycle of AI models, run from a Git repository.')
    .version(version, '-V, --version')
    .enablePositionalOptions()
    .configureHelp({ subcommandTerm: wordsOf, helpWidth: 100 })
    .exitOverride()
    .addHelpText(
      'after',
      '\nEvery verb has --help with an example. Exit codes: 0 pass, 1 fail or inconclusive, 2 problem\nin input or configuration, 3 could not run, 4 defect of model-gitops.',
    );
  const known = new Map<string, Command>();
  const familyOf = (name: string, group: string) => {
    const family =
      known.get(name) ??
      program
        .command(name)
        .description(families[name] ?? '')
        .helpGroup(`${group}:`);
    known.set(name, family);
    return family;
  };
  for (const verb of verbs) {
    const [family = '', word] = verb.name.split(' ');
    addVerb(word === undefined ? program : familyOf(family, verb.group), verb, take);
  }
  return program;
}

function refusal(thrown: CommanderError, help: string, verb: string | null): CommandLine {
  if (thrown.code === 'commander.help')
    return { kind: 'unnamed', problem: cliProblems.usage('no verb was named', verb), help };
  return { kind: 'refused', problem: cliProblems.usage(thrown.message, verb) };
}

/** Reads a command line; help and version are written by `show`. What it does not know is refused with the nearest name. */
export async function parseCommandLine(
  argv: readonly string[],
  grammar: Grammar,
  show: (text: string) => void,
): Promise<CommandLine> {
  let taken: CommandLine = { kind: 'shown' };
  const program = createProgram(grammar, (call) => {
    taken = call;
  });
  let help = '';
  const keep = (text: string) => {
    help += text;
  };
  quiet(program, show, keep);
  try {
    await program.parseAsync([...spreadPairs(argv)], { from: 'user' });
    return taken;
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    return thrown.exitCode === 0 ? { kind: 'shown' } : refusal(thrown, help, verbOfWords(argv, grammar));
  }
}

/** Errors become problems of ours; nothing is written twice. */
function quiet(command: Command, show: (text: string) => void, keep: (text: string) => void): void {
  command.configureOutput({ writeOut: show, writeErr: keep, outputError: () => undefined });
  for (const sub of command.commands) {
    sub.exitOverride();
    quiet(sub, show, keep);
  }
}
