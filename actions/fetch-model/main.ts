import { resolve } from 'node:path';
import { runAction } from '@model-gitops/host';
import { fetchModel } from '@model-gitops/lifecycle';
import { openWorkflow, type Start } from '../open-workflow.ts';
import { Inputs } from './inputs.ts';
import { outputs } from './outputs.ts';
import { tellFetched } from './report.ts';

export async function main(start: Start): Promise<void> {
  await runAction({
    name: 'fetch-model',
    inputs: Inputs,
    perform: async ({ model: reference, at, ...inputs }, door) => {
      const { checkout } = await openWorkflow(inputs, { ...door, ...start });
      const { reader, notes } = await checkout.openReader();
      const outFolder = resolve(door.folder, inputs['out-path']);
      const request = { reference, at, outFolder, allowUnapproved: inputs['allow-unapproved'] };
      const document = await fetchModel(request, { ...reader, store: checkout.store, forge: checkout.forge });
      return tellFetched({ ...document, notes: [...document.notes, ...notes()] }, door.folder);
    },
    outputs,
  });
}
