import type { ForgeClient } from '../octokit/forge-client.ts';
import { promotionCheck } from './promotion-check.ts';
import type { OurCheck } from './pull-request-fields.ts';

/** What every part of the forge works with. */
export interface ForgePlace {
  readonly client: ForgeClient;
  readonly ours: OurCheck;
}

/** Values of the variables that `checkVariables` declares. */
export function checkValues({ ours }: ForgePlace): Readonly<Record<string, unknown>> {
  return ours.checkKind === 'app' ? { check: promotionCheck, appId: ours.appId } : { check: promotionCheck };
}
