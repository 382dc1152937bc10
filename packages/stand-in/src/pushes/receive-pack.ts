import { rm } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import type { Actor } from '../actor.ts';
import type { Context } from '../context.ts';
import type { Repository } from '../records/repositories.ts';
import type { RefUpdate } from '../refs/refs.ts';
import { tellUpdates } from '../refs/tell-updates.ts';
import { type GitRequest, runHttpBackend } from './http-backend.ts';
import { writeHook, writePushRules } from './push-rules.ts';

const orNull = (id: string) => (/^0+$/.test(id) ? null : id);

/** What a push asks for: lines `<length><old> <new> <ref>`, up to an empty one; the pack follows. */
export function parseCommands(body: Buffer): RefUpdate[] {
  const updates: RefUpdate[] = [];
  for (let at = 0; at + 4 <= body.length; ) {
    const length = Number.parseInt(body.toString('latin1', at, at + 4), 16);
    if (!(length > 4)) break;
    const line = body.toString('utf8', at + 4, at + length);
    const [, before, after, ref] = /^([0-9a-f]{40,64}) ([0-9a-f]{40,64}) ([^\0\n]+)/.exec(line) ?? [];
    if (before !== undefined && after !== undefined && ref !== undefined)
      updates.push({ ref, before: orNull(before), after: orNull(after) });
    at += length;
  }
  return updates;
}

/** Receives a push: rules first, by git's own hook; then what moved is told, before the pusher has the answer. */
export async function receivePack(
  context: Context,
  repository: Repository,
  who: Actor,
  request: GitRequest,
): Promise<Response> {
  const isPacked = request.headers.get('content-encoding') === 'gzip';
  const updates = parseCommands(isPacked ? gunzipSync(request.body) : request.body);
  const hooks = await writeHook(context);
  const rules = await writePushRules(context, repository, who, updates);
  try {
    const config = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'core.hooksPath', GIT_CONFIG_VALUE_0: hooks };
    const answer = await runHttpBackend(context, repository, request, { ...config, STAND_IN_RULES: rules });
    const bytes = Buffer.from(await answer.arrayBuffer());
    const moved = updates.filter(({ ref, before, after }) => before !== after && bytes.includes(`ok ${ref}\n`));
    if (moved.length > 0) await tellUpdates(context, repository, moved, { actor: who.login });
    return new Response(new Uint8Array(bytes), { status: answer.status, headers: answer.headers });
  } finally {
    await rm(rules, { recursive: true, force: true });
  }
}
