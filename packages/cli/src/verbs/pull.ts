import { resolve } from 'node:path';
import { answerWith, describePull, fetchModel, parseTime } from '@model-gitops/lifecycle';
import { reference } from '../names.ts';
import { askRegistry, openRepository } from '../open-repository.ts';
import { flagOption, textOption } from '../read-options.ts';
import type { Perform } from '../verb.ts';

export const pull: Perform = async (call) => {
  const wanted = reference(call.arguments[0] ?? '');
  const time = textOption(call.options, 'at');
  const request = {
    reference: wanted,
    at: time === undefined ? null : parseTime(time),
    outFolder: resolve(textOption(call.options, 'out') ?? '.'),
    allowUnapproved: flagOption(call.options, 'allowUnapproved'),
  };
  const checkout = await openRepository(call);
  const { store } = checkout;
  return answerWith(await askRegistry(checkout, (reader) => fetchModel(request, { ...reader, store })), describePull);
};
