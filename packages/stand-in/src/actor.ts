import type { Permissions } from './records/people.ts';

/** Who asks. */
export interface Actor {
  /** `app`: an app by its own key (JWT), not yet in an installation. */
  readonly kind: 'anonymous' | 'user' | 'workflow' | 'installation' | 'app';
  /** '' for nobody. */
  readonly login: string;
  /** null: all that the user may. */
  readonly permissions: Permissions | null;
  /** Ids; null: all that the user sees. */
  readonly repositories: readonly number[] | null;
  readonly appId: number | null;
  readonly installationId: number | null;
}

export const anonymous: Actor = {
  kind: 'anonymous',
  login: '',
  permissions: {},
  repositories: null,
  appId: null,
  installationId: null,
};
