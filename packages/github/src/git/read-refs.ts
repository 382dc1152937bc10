import { backOffMs, type Ref } from '@model-gitops/lifecycle';
import type { GitPlace } from './git-place.ts';

/** How long a copy of GitHub's may be behind our own writes, and how often it is asked again. */
const lagMs = 30_000;
const mostReads = 5;
const mostTips = 20_000;

function byName(a: Ref, b: Ref): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/** GitHub answers all of them at once: the list has no pages. */
async function askRefs({ client }: GitPlace, prefix: string): Promise<Ref[]> {
  const ref = prefix.replace(/^refs\//, '').replace(/\/$/, '');
  const { data: found } = await client.request('GET /repos/{owner}/{repo}/git/matching-refs/{ref}', { ref });
  return found
    .map(({ ref: name, object }) => ({ name, id: object.sha }))
    .filter(({ name }) => name.startsWith(prefix))
    .sort(byName);
}

/** Shows a ref as it was before our own last move: the answer of a copy that is behind. */
function isBehind({ moves, client }: GitPlace, prefix: string, refs: readonly Ref[]): boolean {
  const now = client.host.now().getTime();
  for (const [name, { from, to, at }] of moves) {
    if (now - at > lagMs) moves.delete(name);
    else if (from !== to && name.startsWith(prefix)) {
      const id = refs.find((ref) => ref.name === name)?.id ?? null;
      if (id === from) return true;
    }
  }
  return false;
}

/** All refs below a prefix, in one call; asked again while it is older than what was written here. What stays so was turned back by somebody. */
export async function readRefs(place: GitPlace, prefix: string): Promise<readonly Ref[]> {
  const { host } = place.client;
  let refs = await askRefs(place, prefix);
  for (let reads = 1; reads < mostReads && isBehind(place, prefix, refs); reads += 1) {
    await host.sleep(backOffMs(reads, host.random()));
    refs = await askRefs(place, prefix);
  }
  if (place.tips.size > mostTips) place.tips.clear();
  for (const { id } of refs) place.tips.add(id);
  return refs;
}
