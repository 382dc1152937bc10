import type { HistoryEntry, RegistryChange, VersionRecord } from '@model-gitops/registry';
import type { Figure, GateResult } from '../documents.ts';
import type { Outcome } from '../verdict.ts';

/** The documents of the registry's verbs, as contracts.md has them; `notes` are sentences for people. */
interface Told {
  readonly outcome: Outcome;
  readonly notes: readonly string[];
}

export interface RegisterDocument extends Told {
  readonly schema: 'model-gitops/register/1';
  readonly model: string;
  /** null where nothing was registered. */
  readonly version: string | null;
  readonly tag: string | null;
  readonly digest: string;
  readonly created: boolean;
  readonly gates: readonly GateResult[];
  /** Why it was refused. */
  readonly reasons: readonly string[];
  readonly operation: string;
  readonly dryRun: boolean;
  readonly local: boolean;
}

export interface ChangesDocument extends Told {
  readonly schema: 'model-gitops/promote/1' | 'model-gitops/rollback/1' | 'model-gitops/archive/1';
  readonly model: string;
  readonly version: string;
  readonly environment: string;
  readonly changes: readonly RegistryChange[];
  readonly applied: boolean;
  readonly reasons: readonly string[];
  /** The one command that decides, where there is no forge. */
  readonly merge?: string;
  /** All commands around it, in order. */
  readonly commands?: readonly string[];
  readonly commit?: string;
  readonly local: boolean;
}

export interface ListDocument extends Told {
  readonly schema: 'model-gitops/ls/1';
  readonly models: readonly {
    readonly model: string;
    readonly versions: readonly {
      readonly version: string;
      readonly tag: string;
      readonly digest: string;
      readonly registeredAt: string;
      readonly metrics: Readonly<Record<string, Figure>>;
      readonly state: 'live' | 'archived';
    }[];
    readonly environments: Readonly<
      Record<
        string,
        {
          readonly wanted: string | null;
          readonly live: string | null;
          readonly since: string;
          readonly commit: string | null;
        }
      >
    >;
  }[];
}

export interface ShowDocument extends Told {
  readonly schema: 'model-gitops/show/1';
  readonly model: string;
  readonly version: string;
  readonly tag: string;
  readonly digest: string;
  readonly state: 'live' | 'archived';
  readonly environments: readonly string[];
  readonly record: VersionRecord;
}

export interface HistoryDocument extends Told {
  readonly schema: 'model-gitops/history/1';
  readonly model: string;
  readonly entries: readonly HistoryEntry[];
}

export interface AtDocument extends Told {
  readonly schema: 'model-gitops/at/1';
  readonly time: string;
  readonly models: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly wanted: string | null;
            readonly live: string | null;
            readonly data: Readonly<Record<string, string>>;
            readonly code: string | null;
            readonly approvedBy: readonly string[] | null;
          }
        >
      >
    >
  >;
}

export interface LineageDocument extends Told {
  readonly schema: 'model-gitops/lineage/1';
  readonly nodes: readonly {
    readonly id: string;
    readonly kind: 'version' | 'data' | 'code' | 'run' | 'features' | 'artifact' | 'environment';
    readonly label: string;
  }[];
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly kind:
      | 'trained-on'
      | 'evaluated-on'
      | 'built-from'
      | 'made-by'
      | 'uses'
      | 'contains'
      | 'succeeds'
      | 'wanted-in';
  }[];
}

export type VerifyRule =
  | 'pointer-outside-promotion'
  | 'approval-missing'
  | 'approval-own'
  | 'tag-moved'
  | 'tag-deleted'
  | 'record-changed'
  | 'digest-mismatch'
  | 'ledger-rewritten';

export interface Finding {
  readonly rule: VerifyRule;
  readonly model: string;
  readonly environment?: string;
  readonly commit?: string;
  readonly what: string;
}

export interface VerifyDocument extends Told {
  readonly schema: 'model-gitops/verify/1';
  readonly findings: readonly Finding[];
  /** Whether the ledger or a forge said who approved: of every merged promotion, of some, of none. */
  readonly approval: 'known' | 'unknown' | 'partly';
  readonly checked: {
    readonly versions: number;
    readonly pointers: number;
    readonly events: number;
    readonly bytes: number;
  };
}

export interface CompareDocument extends Told {
  readonly schema: 'model-gitops/compare/1';
  readonly a: string;
  readonly b: string;
  readonly metrics: Readonly<
    Record<
      string,
      {
        readonly a: Figure;
        readonly b: Figure;
        readonly difference: Figure;
        readonly judgement: 'better' | 'worse' | 'within-noise' | 'unknown';
      }
    >
  >;
  readonly data: Difference;
  readonly code: Difference;
  readonly parameters: Difference;
  readonly features: Difference;
}

/** What differs, by name: the value of a and of b, null where one lacks it. Empty: the same. */
export type Difference = Readonly<Record<string, { readonly a: unknown; readonly b: unknown }>>;

export interface PullDocument extends Told {
  readonly schema: 'model-gitops/pull/1';
  readonly model: string;
  readonly version: string;
  readonly digest: string;
  readonly files: readonly {
    readonly name: string;
    readonly path: string;
    readonly sha256: string;
    readonly size: number;
  }[];
  /** null: unknown (neither ledger nor forge said), told in `notes`. */
  readonly approved: boolean | null;
}
