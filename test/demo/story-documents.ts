/** The fields of the documents that the story checks (contracts.md has them all). */
export interface Documents {
  readonly validate: {
    datasets: readonly {
      name: string;
      validation: { statistics: { evaluated_expectations: number; unsuccessful_expectations: number } };
    }[];
  };
  readonly features: {
    outputs: readonly { name: string; rows: number; columns: readonly unknown[] }[];
    cached: boolean;
  };
  readonly train: { run: { id: string; key: string } | null; reused: boolean; recorded: boolean };
  readonly evaluate: {
    metrics: { accuracy: number };
    rows: number;
    gates: readonly { if: string; state: string; reason: string }[];
  };
  readonly register: { version: string | null; tag: string | null; created: boolean; digest: string };
  readonly pull: { version: string; approved: boolean | null; files: readonly { path: string; sha256: string }[] };
  readonly ls: {
    models: readonly {
      model: string;
      versions: readonly unknown[];
      environments: Record<string, { wanted: string | null }>;
    }[];
  };
  readonly show: {
    version: string;
    record: { artifacts: readonly { sha256: string }[]; evaluation: { metrics: { accuracy: number } } };
  };
  readonly history: {
    entries: readonly {
      environment: string;
      version: string;
      kind: string;
      pullRequest?: number;
      requestedBy?: string;
      approvedBy: readonly string[] | null;
    }[];
  };
  readonly verify: {
    findings: readonly unknown[];
    approval: string;
    checked: { versions: number; pointers: number };
  };
}
