import { realpath } from 'node:fs/promises';
import { basename, relative, resolve, sep } from 'node:path';
import { renderDocument } from '@model-gitops/host';
import {
  answerWith,
  type Checkout,
  type CommandRecordRequest,
  describeTraining,
  ProblemError,
  recordCommand,
} from '@model-gitops/lifecycle';
import { localFiles } from '../local-files.ts';
import { openRepository } from '../open-repository.ts';
import { parameterValues } from '../parameter-values.ts';
import { cliProblems } from '../problems.ts';
import { listOption, numberOption, pairsOption, textOption } from '../read-options.ts';
import type { Call, Options, Perform } from '../verb.ts';

/** One word is a command line as the user wrote it; several are the words of one, kept apart whatever is in them. */
export function commandLine(words: readonly string[], platform: NodeJS.Platform): string {
  const [only] = words;
  if (words.length === 1 && only !== undefined) return only;
  const isPlain = (word: string) => /^[A-Za-z0-9_@%+=:,./-]+$/.test(word);
  const quote = (word: string) =>
    platform === 'win32' ? `"${word.replaceAll('"', '""')}"` : `'${word.replaceAll("'", `'\\''`)}'`;
  return words.map((word) => (isPlain(word) ? word : quote(word))).join(' ');
}

/** Where the command was typed, from the root of the repository; the root itself where that is elsewhere. */
async function folderOf({ workspace }: Checkout): Promise<string> {
  const way = relative(await realpath(workspace.resolve('.')), await realpath('.'));
  return way === '..' || way.startsWith(`..${sep}`) ? '' : way.replaceAll(sep, '/');
}

async function requestOf(
  command: string,
  folder: string,
  options: Options,
  checkout: Checkout,
): Promise<CommandRecordRequest> {
  const root = checkout.workspace.resolve('.');
  const fromRoot = (path: string) => relative(root, resolve(path)).replaceAll(sep, '/');
  const artifacts = listOption(options, 'artifact');
  const metrics = textOption(options, 'metrics');
  const data = Object.entries(pairsOption(options, 'data'));
  return {
    command,
    folder,
    name: basename(folder === '' ? root : folder),
    parameters: parameterValues(options),
    seed: numberOption(options, 'seed') ?? null,
    data: Object.fromEntries(data.map(([name, path]) => [name, fromRoot(path)])),
    code: [],
    locks: [],
    artifacts: artifacts.length > 0 ? artifacts.map(fromRoot) : null,
    metrics: metrics === undefined ? null : fromRoot(metrics),
    commit: { head: checkout.head.commit, dirty: await checkout.readDirty() },
    workflowRun: checkout.workflowRun,
  };
}

async function record(call: Call, command: string) {
  const checkout = await openRepository(call);
  const request = await requestOf(command, await folderOf(checkout), call.options, checkout);
  return recordCommand(request, checkout);
}

export const run: Perform = async (call) => {
  if (call.arguments.length === 0) throw new ProblemError(cliProblems.noCommand());
  const document = await record(call, commandLine(call.arguments, process.platform));
  const out = textOption(call.options, 'out');
  if (out !== undefined) await localFiles.writeText(out, renderDocument(document));
  return answerWith(document, describeTraining);
};
