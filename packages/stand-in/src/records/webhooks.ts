/** Somebody listens: a hook of a repository, or a further instance of an app. */
export interface Hook {
  readonly id: number;
  /** null: not of one repository. */
  readonly repository: number | null;
  readonly appId: number | null;
  url: string;
  secret: string | null;
  /** Empty: all. */
  events: readonly string[];
}

export interface Delivery {
  readonly id: number;
  /** Kept by a redelivery. */
  readonly guid: string;
  readonly hook: number | null;
  readonly appId: number | null;
  readonly url: string;
  readonly event: string;
  readonly action: string | null;
  readonly repository: number | null;
  readonly isRedelivery: boolean;
  readonly at: string;
  /** null: under way, or nobody answered. */
  status: number | null;
  error: string | null;
  readonly payload: unknown;
}

/** A workflow or repository dispatch: recorded, nothing runs. */
export interface Dispatch {
  readonly id: number;
  readonly repository: number;
  readonly kind: 'workflow' | 'repository';
  /** File name of the workflow, or the event type. */
  readonly name: string;
  readonly ref: string | null;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly actor: string;
  readonly at: string;
}
