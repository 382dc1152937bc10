import type { Forge } from '@model-gitops/lifecycle';

/** A forge of which everything may be read. Each write is refused as told. */
export function readOnlyForge(forge: Forge, refuse: () => Promise<never>): Forge {
  return {
    pullRequests: { ...forge.pullRequests, open: refuse, edit: refuse },
    checks: { ...forge.checks, post: refuse },
    comments: { ...forge.comments, create: refuse, edit: refuse, react: refuse },
    people: forge.people,
    workflows: { dispatch: refuse },
  };
}
