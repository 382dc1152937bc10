export type Conclusion =
  | 'success'
  | 'failure'
  | 'neutral'
  | 'cancelled'
  | 'skipped'
  | 'timed_out'
  | 'action_required'
  | 'stale';

/** One a head and app. */
export interface CheckSuite {
  readonly id: number;
  readonly repository: number;
  readonly appId: number;
  readonly head: string;
  readonly branch: string | null;
  readonly createdAt: string;
  updatedAt: string;
}

export interface Annotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly annotation_level: 'notice' | 'warning' | 'failure';
  readonly message: string;
  readonly title: string | null;
  readonly raw_details: string | null;
  readonly start_column: number | null;
  readonly end_column: number | null;
}

export interface CheckRun {
  readonly id: number;
  readonly suite: number;
  readonly repository: number;
  readonly appId: number;
  readonly head: string;
  name: string;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: Conclusion | null;
  externalId: string;
  detailsUrl: string | null;
  startedAt: string | null;
  completedAt: string | null;
  title: string | null;
  summary: string | null;
  text: string | null;
  /** Each request adds to them. */
  annotations: readonly Annotation[];
}

export interface Status {
  readonly id: number;
  readonly repository: number;
  readonly commit: string;
  readonly context: string;
  readonly state: 'error' | 'failure' | 'pending' | 'success';
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly creator: string;
  readonly createdAt: string;
}
