import { ProblemError } from '@model-gitops/lifecycle';
import { describe, expect, it } from 'vitest';
import { type FailureKind, ForgeFailure } from '../octokit/forge-failure.ts';
import { writeOnce } from './write-once.ts';

function failure(kind: FailureKind): ProblemError {
  return new ProblemError({ code: kind, message: 'No.', remedy: 'Look.' }, { cause: new ForgeFailure(kind) });
}

/** A world that keeps what was written; each answer may get lost or be a refusal, before or after that. */
function world(plan: readonly { readonly kind: FailureKind; readonly isDone: boolean }[]) {
  const written: string[] = [];
  let tries = 0;
  const write = async () => {
    const fate = plan[tries];
    tries += 1;
    if (fate === undefined || fate.isDone) written.push(`write ${tries}`);
    if (fate !== undefined) throw failure(fate.kind);
    return written.at(-1) ?? '';
  };
  return { written, once: () => writeOnce(write, async () => written.at(-1) ?? null) };
}

describe('a write', () => {
  it('is done once where its answer got lost', async () => {
    const { written, once } = world([{ kind: 'lost', isDone: true }]);
    expect(await once()).toBe('write 1');
    expect(written).toEqual(['write 1']);
  });

  it('is done again where nothing of it is to be seen', async () => {
    const { written, once } = world([{ kind: 'lost', isDone: false }]);
    expect(await once()).toBe('write 2');
    expect(written).toEqual(['write 2']);
  });

  it.each(['refused', 'permission', 'limit', 'unsent'] as const)('is not tried again where it was %s', async (kind) => {
    const { written, once } = world([{ kind, isDone: false }]);
    await expect(once()).rejects.toMatchObject({ problems: [{ code: kind }] });
    expect(written).toEqual([]);
  });
});
