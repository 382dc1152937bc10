import type { Host } from '@model-gitops/lifecycle';

/** The pause that GitHub asks for: nobody calls meanwhile. Shared by all clients of one Octokit, hence of one token. */
export interface CallGate {
  /** Until when nobody may call, as milliseconds of the host's clock. */
  readonly heldUntil: () => number;
  readonly hold: (until: number) => void;
  /** Returns as soon as calls are allowed. */
  readonly pass: (host: Host) => Promise<void>;
}

function createCallGate(): CallGate {
  let heldUntil = 0;
  return {
    heldUntil: () => heldUntil,
    hold(until) {
      heldUntil = Math.max(heldUntil, until);
    },
    async pass(host) {
      for (let left = heldUntil - host.now().getTime(); left > 0; left = heldUntil - host.now().getTime())
        await host.sleep(left);
    },
  };
}

const gates = new WeakMap<object, CallGate>();

/** The gate of an Octokit. */
export function gateOf(octokit: object): CallGate {
  const gate = gates.get(octokit) ?? createCallGate();
  gates.set(octokit, gate);
  return gate;
}
