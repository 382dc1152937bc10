import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  answerWith,
  type Checkout,
  describeVerification,
  ProblemError,
  type VerifyRequest,
  verifyRegistry,
} from '@model-gitops/lifecycle';
import { modelName } from '../names.ts';
import { askRegistry, openRepository } from '../open-repository.ts';
import { cliProblems } from '../problems.ts';
import { flagOption } from '../read-options.ts';
import type { Perform } from '../verb.ts';

/** The bytes pass through a folder that is removed whatever happens. */
async function withBytes<Result>(
  { store, ownsStore }: Pick<Checkout, 'store' | 'ownsStore'>,
  work: (bytes: VerifyRequest['bytes']) => Promise<Result>,
): Promise<Result> {
  if (store === null) return work(null);
  const scratch = await mkdtemp(join(tmpdir(), 'model-gitops-verify-'));
  try {
    return await work({ store, scratch, isOwn: ownsStore });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

export const verify: Perform = async (call) => {
  const [word] = call.arguments;
  const model = word === undefined ? null : modelName(word);
  const isOnline = flagOption(call.options, 'online');
  const checkout = await openRepository(call);
  if (isOnline && checkout.forge === null) throw new ProblemError(cliProblems.noForge('--online'));
  const forge = isOnline ? checkout.forge : null;
  const document = await withBytes(checkout, (bytes) =>
    askRegistry(checkout, (reader) => verifyRegistry({ model, bytes, forge }, reader)),
  );
  return answerWith(document, describeVerification);
};
