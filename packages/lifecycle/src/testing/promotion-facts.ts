import { digestOfRecord, type ModelState, type VersionRecord, type VersionState } from '@model-gitops/registry';
import type { GateResult } from '../documents.ts';
import type { PullRequest, Review } from '../ports/index.ts';
import type { ProposalQuestion } from '../reconcile/judge-proposal.ts';
import type { PromotionView, ProposalFacts, Target } from '../reconcile/types.ts';

const hex = (digit: string, length: number) => digit.repeat(length);

/** A record of fraud whose digests are made of one repeated hex digit. */
export function fraudRecord(version: string, digit: string, changes: Partial<VersionRecord> = {}): VersionRecord {
  return {
    schema: 'model-gitops/record/1',
    model: 'fraud',
    version,
    description: 'Finds transfers that their owner did not make.',
    owner: '@acme/risk-ml',
    intendedUse: 'Card payments in the shop; not for loans.',
    license: 'MIT',
    tags: ['tabular'],
    artifacts: [
      {
        name: 'model.onnx',
        kind: 'file',
        format: 'onnx',
        sha256: hex(digit, 64),
        size: 12_400_000,
        uri: `sha256:${digit}`,
      },
    ],
    signature: null,
    training: {
      commit: hex(digit, 40),
      key: hex(digit, 64),
      dirty: false,
      run: `run-${hex(digit, 12)}`,
      command: 'python train.py',
      parameters: { epochs: 400, rate: 0.1 },
      environment: {
        runtime: 'python 3.13',
        platform: 'linux',
        image: null,
        locks: [{ path: 'requirements.txt', sha256: hex('c', 64) }],
      },
      code: hex(digit, 64),
      seed: 7,
    },
    registered: { commit: hex(digit, 40), run: null },
    data: {
      train: { uri: 'data/train.parquet', sha256: hex(digit, 64), rows: 412_000, profile: null, dvc: null },
      test: { uri: 'data/test.parquet', sha256: hex('9', 64), rows: 20_000, profile: null, dvc: null },
    },
    features: { definition: hex('f', 64), columns: ['amount', 'country'] },
    evaluation: {
      source: 'computed',
      metrics: { accuracy: 0.924, roc_auc: 0.961, f1: 0.83, precision: 0.86, recall: 0.8, log_loss: 0.21, brier: 0.06 },
      reported: {},
      bias: { gender: { accuracy_ratio: 0.97, demographic_parity_ratio: 0.83 } },
      performance: { rowsPerSecond: 41_000, p50Ms: 0.8, p95Ms: 1.4 },
      gates: [],
      report: null,
    },
    evidence: [],
    scan: { verdict: 'safe', scanner: '1' },
    lineage: { workflowRun: 'acme/fraud/actions/runs/8123', parent: null },
    operation: hex(digit, 64),
    ledger: null,
    ...changes,
  };
}

export function versionState(record: VersionRecord, state: VersionState['state'] = 'live'): VersionState {
  const { version, registered } = record;
  return {
    version,
    tag: `fraud@v${version}`,
    digest: digestOfRecord(record),
    registeredAt: '2026-11-24T09:00:00Z',
    state,
    record,
    tagObject: hex('7', 40),
    target: registered.commit,
  };
}

export const champion = versionState(fraudRecord('1.3.0', 'a'));
const candidateRecord = fraudRecord('1.4.0', 'b');
export const candidate = versionState({
  ...candidateRecord,
  data: {
    ...candidateRecord.data,
    train: { uri: 'data/train.parquet', sha256: hex('b', 64), rows: 453_200, profile: null, dvc: null },
  },
  features: { definition: hex('e', 64), columns: ['amount', 'country', 'hour'] },
  training: { ...candidateRecord.training, parameters: { epochs: 500, rate: 0.1 } },
  evaluation: {
    ...candidateRecord.evaluation,
    metrics: {
      accuracy: 0.931,
      roc_auc: 0.9615,
      f1: 0.845,
      precision: 0.85,
      recall: 0.84,
      log_loss: 0.19,
      brier: 0.055,
    },
    bias: { gender: { accuracy_ratio: 0.98, demographic_parity_ratio: 0.84 } },
  },
});

export const fraudState: ModelState = {
  model: 'fraud',
  versions: [versionState(fraudRecord('1.2.0', 'd')), champion, candidate],
  taken: ['1.2.0', '1.3.0', '1.4.0'],
  environments: [
    {
      environment: 'production',
      wanted: '1.3.0',
      digest: champion.digest,
      live: null,
      since: '2026-11-01T10:00:00Z',
      commit: hex('1', 40),
      by: 'pointer',
    },
    {
      environment: 'staging',
      wanted: '1.4.0',
      digest: candidate.digest,
      live: null,
      since: '2026-11-24T15:02:00Z',
      commit: null,
      by: 'assigned',
    },
  ],
};

export const production: Target = {
  model: 'fraud',
  environment: 'production',
  policy: { name: 'production', approval: 'pull-request', after: 'staging', soakSeconds: 86_400 },
  path: 'registry/fraud/production.yaml',
  branch: 'model-gitops/promote/fraud/production',
};

const gate = (expression: string, reason: string, changes: Partial<GateResult> = {}): GateResult => ({
  if: expression,
  passed: true,
  state: 'passed',
  level: 'error',
  reason,
  position: { file: 'models/fraud/model.yaml', line: 24 },
  ...changes,
});

export const fraudGates: readonly GateResult[] = [
  gate('metrics.accuracy > 0.9', '0.931 > 0.9'),
  gate('metrics.roc_auc >= production.metrics.roc_auc - 0.005', '0.962 >= 0.956'),
  gate('fairness.gender.demographic_parity_ratio >= 0.8', '0.84 >= 0.8'),
  gate('performance.p95Ms < 80.0', '1.4 < 80'),
];

export const head = hex('5', 40);
export const approval = (login: string, changes: Partial<Review> = {}): Review => ({
  author: { login, isBot: false },
  state: 'approved',
  commit: head,
  at: '2026-11-25T15:10:00Z',
  ...changes,
});

export const pointerText = (version: VersionState) => `version: ${version.version}\ndigest: ${version.digest}\n`;

export function pullRequest(changes: Partial<PullRequest> = {}): PullRequest {
  return {
    number: 12,
    title: 'Promote fraud 1.4.0 to production (from 1.3.0)',
    body: '',
    state: 'open',
    author: { login: 'model-gitops[bot]', isBot: true },
    head: { branch: production.branch, commit: head, isFork: false },
    base: 'main',
    files: [production.path],
    reviews: [],
    committers: [{ login: 'model-gitops[bot]', isBot: true }],
    labels: [],
    check: null,
    merge: null,
    closedAt: null,
    url: 'https://github.com/acme/fraud/pull/12',
    ...changes,
  };
}

export function proposalFacts(changes: Partial<ProposalFacts> = {}): ProposalFacts {
  return {
    pullRequest: pullRequest(),
    proposal: { commit: head, text: pointerText(candidate), fromText: pointerText(champion), isOurs: true },
    purpose: 'promote',
    requesters: ['anna'],
    writers: ['anna', 'ben'],
    gates: fraudGates,
    ...changes,
  };
}

/** A promotion of fraud 1.4.0 to production that only waits for its soak and a review. */
export function proposalQuestion(
  facts: Partial<ProposalFacts> = {},
  changes: Partial<ProposalQuestion> = {},
): ProposalQuestion {
  return {
    facts: proposalFacts(facts),
    target: production,
    state: fraudState,
    current: pointerText(champion),
    config: null,
    now: '2026-11-25T12:00:00Z',
    folder: 'registry',
    defaultBranch: 'main',
    checkKind: 'app',
    witnesses: [],
    ...changes,
  };
}

export function promotionView(changes: Partial<PromotionView> = {}): PromotionView {
  return {
    target: production,
    purpose: 'promote',
    candidate,
    champion,
    judgement: { outcome: 'pass', lines: [] },
    gates: fraudGates,
    requesters: ['anna'],
    isHeld: false,
    checkKind: 'app',
    repositoryUrl: 'https://github.com/acme/fraud',
    environments: fraudState.environments,
    ...changes,
  };
}
