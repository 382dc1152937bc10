import { stat } from 'node:fs/promises';
import { openCheckout } from '@model-gitops/checkout';
import {
  type Checkout,
  type ConfigurationFiles,
  filesOfCommit,
  ProblemError,
  type RegistryReader,
} from '@model-gitops/lifecycle';
import { cliProblems } from './problems.ts';
import { textOption } from './read-options.ts';
import type { Call } from './verb.ts';

/** `<owner>/<repository>/actions/runs/<id>` where a workflow runs the command line. */
function workflowRun({ GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: id }: Call['environment']): string | null {
  return repository && id ? `${repository}/actions/runs/${id}` : null;
}

/** The repository that a call is about. Problem `repository-missing` where its folder is not there. */
export async function openRepository({ options, environment, from, terminal }: Call): Promise<Checkout> {
  const { repository, local, offline } = options;
  const found = await stat(repository).catch(() => null);
  if (found?.isDirectory() !== true) throw new ProblemError(cliProblems.repositoryMissing(repository));
  const checkout = await openCheckout({
    folder: repository,
    from,
    environment,
    store: textOption(options, 'store') ?? null,
    isLocal: local === true,
    isOffline: offline === true,
    workflowRun: workflowRun(environment),
    onLine: terminal.onLine,
  });
  return withClean(checkout, (path) => path.startsWith('.model-gitops/'));
}

/** The checkout in which some paths make no difference from the commit: what we write ourselves, or what a record names by digest. */
export function withClean(checkout: Checkout, isClean: (path: string) => boolean): Checkout {
  return { ...checkout, readDirty: async () => (await checkout.readDirty()).filter((path) => !isClean(path)) };
}

/** Asks the registry a question, and adds to the answer that the remote was silent, where it was. */
export async function askRegistry<Document extends { readonly notes: readonly string[] }>(
  checkout: Checkout,
  question: (reader: RegistryReader) => Promise<Document>,
): Promise<Document> {
  const { reader, notes } = await checkout.openReader();
  const document = await question(reader);
  return { ...document, notes: [...document.notes, ...notes()] };
}

/** The configuration as the working tree has it; a bare repository has it on its default branch. */
export async function configurationFiles(checkout: Checkout): Promise<ConfigurationFiles> {
  const { workspace, head, mergePlace } = checkout;
  if (mergePlace !== 'bare' || head.commit === null) return workspace;
  const { reader } = await checkout.openReader();
  return filesOfCommit(reader.git, head.commit);
}
