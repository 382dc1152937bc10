import { resolve } from 'node:path';
import { runAction } from '@model-gitops/host';
import { answerWith, describePull, fetchModel } from '@model-gitops/lifecycle';
import { openWorkflow, type Start } from '../open-workflow.ts';
import { Inputs } from './inputs.ts';
import { outputs } from './outputs.ts';

export async function main(start: Start): Promise<void> {
  await runAction({
    name: 'fetch-model',
    inputs: Inputs,
    perform: async (inputs, door) => {
      const { model: reference, at, 'allow-unapproved': allowUnapproved } = inputs;
      const outFolder = resolve(door.folder, inputs['out-path']);
      const { checkout } = await openWorkflow(inputs, { ...door, ...start });
      const { reader, notes } = await checkout.openReader();
      const request = { reference, at, outFolder, allowUnapproved };
      const document = await fetchModel(request, { ...reader, store: checkout.store });
      return answerWith({ ...document, notes: [...document.notes, ...notes()] }, describePull);
    },
    outputs,
  });
}
