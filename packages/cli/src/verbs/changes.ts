import {
  answerWith,
  archiveStep,
  type ChangesDocument,
  type Checkout,
  describeChanges,
  promoteStep,
  rollbackStep,
} from '@model-gitops/lifecycle';
import { environmentName, modelName, versionNumber } from '../names.ts';
import { openRepository } from '../open-repository.ts';
import { flagOption } from '../read-options.ts';
import type { Call, Perform, VerbAnswer } from '../verb.ts';

/** Who asks is not known here: Git's configuration is no proof, and four eyes must not rest on it. */
const requestedBy = null;

async function change(call: Call, perform: (checkout: Checkout) => Promise<ChangesDocument>): Promise<VerbAnswer> {
  return answerWith(await perform(await openRepository(call)), describeChanges);
}

export const promote: Perform = async (call) => {
  const [name = '', number = '', word = ''] = call.arguments;
  const subject = { model: modelName(name), version: versionNumber(number), environment: environmentName(word) };
  const dryRun = flagOption(call.options, 'dryRun');
  return change(call, (checkout) => promoteStep({ ...subject, requestedBy, dryRun }, checkout));
};

export const rollback: Perform = async (call) => {
  const [name = '', word = ''] = call.arguments;
  const subject = { model: modelName(name), environment: environmentName(word) };
  const dryRun = flagOption(call.options, 'dryRun');
  return change(call, (checkout) => rollbackStep({ ...subject, requestedBy, dryRun }, checkout));
};

export const archive: Perform = async (call) => {
  const [name = '', number = ''] = call.arguments;
  const subject = { model: modelName(name), version: versionNumber(number) };
  const dryRun = flagOption(call.options, 'dryRun');
  return change(call, (checkout) => archiveStep({ ...subject, requestedBy, dryRun }, checkout));
};
