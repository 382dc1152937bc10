import { relative, resolve, sep } from 'node:path';
import { readHead, readTopLevel } from '@model-gitops/git';
import { workspaceAt } from '@model-gitops/host';
import {
  answerWith,
  checkConfiguration,
  configurationSchema,
  describeConfiguration,
  repositorySchema,
} from '@model-gitops/lifecycle';
import { configurationFiles, openRepository } from '../open-repository.ts';
import { flagOption } from '../read-options.ts';
import type { Call, Perform } from '../verb.ts';

/** As the repository names it: files are named from where the command is typed, or from the root. */
function fromRoot(root: string, path: string): string {
  const way = relative(root, resolve(path));
  const isOutside = way === '..' || way.startsWith(`..${sep}`);
  return (isOutside ? path : way).replaceAll(sep, '/');
}

/** Not by opening a checkout: that refuses a faulty .github/model-gitops.yml before the faults of the models are read. */
async function openFiles(call: Call) {
  const top = await readTopLevel(call.options.repository);
  if (top !== null && (await readHead(top)).isBare) {
    return { root: top, files: await configurationFiles(await openRepository(call)) };
  }
  const root = top ?? resolve(call.options.repository);
  return { root, files: workspaceAt(root) };
}

export const checkConfig: Perform = async (call) => {
  const { root, files } = await openFiles(call);
  const named = call.arguments.map((path) => fromRoot(root, path));
  const request = { files: named, explain: flagOption(call.options, 'explain') };
  return answerWith(await checkConfiguration(request, files), describeConfiguration);
};

/** For people the schema alone, ready to be written to a file; a document of ours is one with two keys more. */
export const configSchema: Perform = async (call) => {
  const schema = call.arguments[0] === 'repository' ? repositorySchema() : configurationSchema();
  const document = { schema: 'model-gitops/config-schema/1', outcome: 'pass', ...schema } as const;
  const text = `${JSON.stringify(schema, null, 2)}\n`;
  const tell = () =>
    ({
      outcome: 'pass',
      headline: 'JSON Schema',
      blocks: [{ kind: 'code', text }],
      cases: [],
      annotations: [],
    }) as const;
  return { ...answerWith(document, tell), text };
};
