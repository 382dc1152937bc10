import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { answerWith, describePull, fetchModel, ProblemError, parseTime } from '@model-gitops/lifecycle';
import { reference } from '../names.ts';
import { askRegistry, openRepository } from '../open-repository.ts';
import { cliProblems } from '../problems.ts';
import { flagOption, textOption } from '../read-options.ts';
import type { Perform } from '../verb.ts';

async function checkFolder(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found !== null && !found.isDirectory()) throw new ProblemError(cliProblems.outIsAFile(path));
}

export const pull: Perform = async (call) => {
  const out = textOption(call.options, 'out') ?? '.';
  const wanted = reference(call.arguments[0] ?? '');
  const time = textOption(call.options, 'at');
  const request = {
    reference: wanted,
    at: time === undefined ? null : parseTime(time),
    outFolder: resolve(out),
    allowUnapproved: flagOption(call.options, 'allowUnapproved'),
  };
  await checkFolder(out);
  const checkout = await openRepository(call);
  const { store, forge } = checkout;
  return answerWith(
    await askRegistry(checkout, (reader) => fetchModel(request, { ...reader, store, forge })),
    describePull,
  );
};
