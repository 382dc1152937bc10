/** A workflow command: `::error title=x,file=y,line=3::message`. */
export interface CommandLine {
  readonly command: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

export interface RunnerLog {
  readonly annotations: readonly CommandLine[];
  readonly commands: readonly CommandLine[];
  readonly log: string;
}

const escapes: readonly (readonly [string, string])[] = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%3A', ':'],
  ['%2C', ','],
  ['%25', '%'],
];

function unescaped(text: string): string {
  return escapes.reduce((result, [code, sign]) => result.replaceAll(code, sign), text);
}

function parseCommand(line: string): CommandLine | null {
  const [, command, list = '', message = ''] = /^\s*::([\w-]+)(?: ([^:]*(?::(?!:)[^:]*)*))?::(.*)$/.exec(line) ?? [];
  if (command === undefined) return null;
  const pairs = list.split(',').filter((pair) => pair.includes('='));
  const properties = pairs.map((pair) => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at).trim(), unescaped(pair.slice(at + 1))] as const;
  });
  return { command, properties: Object.fromEntries(properties), message: unescaped(message) };
}

/** What the runner makes of an action's output: it obeys commands, except between `stop-commands` and its token, and masks. */
export function readLog(text: string): RunnerLog {
  const commands: CommandLine[] = [];
  const shown: string[] = [];
  let resumeToken: string | null = null;
  for (const line of text.split('\n')) {
    if (resumeToken !== null) {
      if (line.trim() === `::${resumeToken}::`) resumeToken = null;
      else shown.push(line);
      continue;
    }
    const command = parseCommand(line);
    if (command === null) shown.push(line);
    else if (command.command === 'stop-commands') resumeToken = command.message;
    else commands.push(command);
  }
  const masks = commands.filter(({ command }) => command === 'add-mask').map(({ message }) => message);
  return {
    annotations: commands.filter(({ command }) => ['error', 'warning', 'notice'].includes(command)),
    commands,
    log: masks.reduce((log, mask) => log.replaceAll(mask, '***'), shown.join('\n')),
  };
}
