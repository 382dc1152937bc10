import { type Command, InvalidArgumentError, Option } from 'commander';

/** Options that several verbs have, said once. */

function addAll(command: Command, options: readonly Option[]): Command {
  for (const option of options) command.addOption(option);
  return command;
}

/** Every verb: how the result is told. */
export function outputOptions(command: Command): Command {
  return addAll(command, [
    new Option('--json', 'exactly one JSON document on standard output (short for --format json)'),
    new Option('--format <format>', 'text, json, markdown (as the actions post it) or junit'),
    new Option('--details', 'as text, also what is folded away otherwise'),
    new Option('--repository <path>', 'a Git working tree or a bare repository (default: here)'),
  ]);
}

export function storeOption(command: Command): Command {
  return command.option(
    '--store <store>',
    'where the bytes of models lie, over the configuration: release or dir:<folder>',
  );
}

/** Verbs that ask the registry. `--local` is the same for them, so that one set of options fits every verb of it. */
export function readOptions(command: Command): Command {
  return storeOption(command)
    .option('--offline', 'answer from this clone, ask nothing of the remote')
    .addOption(new Option('--local', 'as --offline').hideHelp());
}

export function localOption(command: Command): Command {
  return command.option('--local', 'write to this repository only, push nothing');
}

/** Verbs that write to the registry. */
export function writeOptions(command: Command): Command {
  return storeOption(localOption(command)).option('--dry-run', 'print what would be done, and do nothing');
}

export function failOnOption(command: Command): Command {
  const levels = ['critical', 'warning', 'info', 'never'];
  return command.addOption(
    new Option('--fail-on <severity>', 'the least severity that fails; never: exit 0 in any case')
      .choices(levels)
      .default('critical'),
  );
}

/** Verbs that judge by gates, which are either errors or warnings. */
export function failNeverOption(command: Command): Command {
  return command.addOption(
    new Option('--fail-on <severity>', 'never: exit 0 although gates failed')
      .choices(['critical', 'never'])
      .default('critical'),
  );
}

export function onInconclusiveOption(command: Command): Command {
  return command.addOption(
    new Option('--on-inconclusive <outcome>', 'what "could not tell" does to the exit code')
      .choices(['fail', 'pass'])
      .default('fail'),
  );
}

export function seedOption(command: Command, what = 'of everything that is drawn (default: 0)'): Command {
  return command.option('--seed <n>', what, wholeNumber);
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError('It takes a whole number, 0 or more.');
}

/** `a,b,c`, and the option may be repeated. */
export function list(text: string, before: readonly string[] = []): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('')) throw new InvalidArgumentError('It takes names separated by commas.');
  return [...before, ...names];
}

export function repeated(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

/** `name=value`, and the option may be repeated; a later value of the same name counts. */
export function pair(text: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const at = text.indexOf('=');
  if (at < 1 || at === text.length - 1) throw new InvalidArgumentError('It takes name=value.');
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}
