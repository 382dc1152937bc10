/** Levels that a token or an app may hold for a subject. */
export type Level = 'read' | 'write' | 'admin';
/** By GitHub's names: `contents`, `pull_requests`, `checks`, `workflows` ... */
export type Permissions = Readonly<Record<string, Level>>;
export type Role = 'read' | 'triage' | 'write' | 'maintain' | 'admin';

export interface User {
  readonly id: number;
  /** Bots end in `[bot]`. */
  readonly login: string;
  type: 'User' | 'Bot' | 'Organization';
  name: string | null;
  email: string | null;
  readonly createdAt: string;
}

export interface Token {
  readonly text: string;
  /** `workflow` is the GITHUB_TOKEN of a run. */
  readonly kind: 'user' | 'workflow' | 'installation';
  /** Who acts: a person, `github-actions[bot]` or `<slug>[bot]`. */
  readonly login: string;
  /** null: all that the user may. */
  readonly permissions: Permissions | null;
  /** Ids; null: all that the user sees. */
  readonly repositories: readonly number[] | null;
  /** The app that acts, for checks: `github-actions` for a workflow's token. */
  readonly appId: number | null;
  readonly installationId: number | null;
  /** null: never. */
  readonly expiresAt: string | null;
}

export interface App {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly owner: string;
  permissions: Permissions;
  events: readonly string[];
  readonly createdAt: string;
  /** PEM, SPKI: what a JWT is checked against; the private key is only handed out. */
  readonly publicKey: string | null;
  webhookUrl: string | null;
  webhookSecret: string | null;
}

export interface Installation {
  readonly id: number;
  readonly appId: number;
  readonly account: string;
  permissions: Permissions;
  events: readonly string[];
  readonly repositories: number[];
  readonly createdAt: string;
}
