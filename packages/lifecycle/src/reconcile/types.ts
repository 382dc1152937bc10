import type {
  EventOf,
  FileChange,
  ModelState,
  PromotionPolicy,
  RegistryFacts,
  VersionState,
} from '@model-gitops/registry';
import type { ModelConfig } from '../config/types.ts';
import type { GateResult } from '../documents.ts';
import type { Account, ObjectId, PullRequest } from '../ports/index.ts';
import type { Sentence } from '../texts/report.ts';

export type Purpose = 'promote' | 'rollback' | 'archive';

/** A file of the registry folder that people approve: what an environment wants, or the list of archived versions. */
export interface Target {
  readonly model: string;
  /** `archived` for the list. */
  readonly environment: string;
  readonly policy: PromotionPolicy;
  /** `registry/fraud/production.yaml` */
  readonly path: string;
  /** `model-gitops/promote/fraud/production` */
  readonly branch: string;
}

/** What a commit says about a target. */
export interface Proposal {
  readonly commit: ObjectId;
  /** The file there; null: deleted, or never there. */
  readonly text: string | null;
  /** The file as of the commit's last parent: what the proposal was made from. */
  readonly fromText: string | null;
  /** One commit of ours on top of the default branch; false once somebody pushed more. */
  readonly isOurs: boolean;
}

/** A pull request that touches the registry folder, with what its head says. */
export interface ProposalFacts {
  readonly pullRequest: PullRequest;
  readonly proposal: Proposal;
  readonly purpose: Purpose;
  /** Logins that may not approve: who asked, and who wrote what is promoted. null: the forge did not say, and nobody counts. */
  readonly requesters: readonly string[] | null;
  /** Logins of reviewers who may write here. */
  readonly writers: readonly string[];
  /** The gates of the default branch on the proposed version; null: it is not registered. */
  readonly gates: readonly GateResult[] | null;
}

/** A proposal as it was read, with what tells whose commit it is. */
export interface ReadProposal extends Proposal {
  readonly parents: readonly ObjectId[];
  readonly message: string;
}

/** A model with what the default branch asks of it. */
export interface ConfiguredModel {
  readonly state: ModelState;
  /** null: there is no model.yaml, or it cannot be read. */
  readonly config: ModelConfig | null;
  /** Why nobody can say what the default branch asks; null: it can be read, or there is nothing to read. */
  readonly flaw: string | null;
}

/** A pull request of a promotion branch into the default branch. */
export interface BranchPullRequest {
  readonly pullRequest: PullRequest;
  /** What its head says; null: that commit is gone. */
  readonly proposal: ReadProposal | null;
}

/** One target with everything that a decision about it needs. */
export interface TargetFacts extends ConfiguredModel {
  readonly target: Target;
  /** The file on the default branch now. */
  readonly current: string | null;
  /** Tip of the promotion branch. */
  readonly tip: ReadProposal | null;
  /** Of its branch, newest first. */
  readonly pullRequests: readonly BranchPullRequest[];
}

/** How the commit that a version was registered at came to the default branch. */
export interface Provenance {
  /** The merged pull requests that brought it. */
  readonly origins: readonly Pick<PullRequest, 'author' | 'committers'>[];
  /** Who pushed it, where no pull request brought it; null: the forge does not say. */
  readonly pusher: Account | null;
}

/** What the forge was asked about people, and only what a decision needed. */
export interface PeopleFacts {
  /** By the commit that a version was registered at. */
  readonly provenances: Readonly<Record<ObjectId, Provenance>>;
  /** Who pushed the head of a promotion branch, by that commit; null: the forge does not say. */
  readonly pushers: Readonly<Record<ObjectId, Account | null>>;
  /** Logins that may write here. */
  readonly writers: readonly string[];
}

/** A change of a pointer on the default branch whose witness the ledger lacks. */
export interface MergeFacts {
  readonly change: FileChange;
  readonly version: VersionState;
  /** The pull request that brought it; null: none did. */
  readonly pullRequest: PullRequest | null;
  readonly requesters: readonly string[] | null;
  /** Who pushed it, where no pull request brought it; null: the forge does not say. */
  readonly pusher: Account | null;
  /** Logins of its approvers that may write here. */
  readonly writers: readonly string[];
}

/** Everything that reconciliation decides on; read once, then only looked at. */
export interface ReconciliationFacts {
  /** UTC. */
  readonly now: string;
  readonly folder: string;
  readonly defaultBranch: string;
  /** null: nothing was pushed yet. */
  readonly defaultHead: ObjectId | null;
  readonly registry: RegistryFacts;
  readonly models: readonly ConfiguredModel[];
  /** Environments that people approve, and archives. */
  readonly targets: readonly TargetFacts[];
  /** Open pull requests that are no promotion of ours: they need a check too, and must not touch the registry. */
  readonly others: readonly PullRequest[];
  readonly people: PeopleFacts;
  /** Which tag each version was registered with. Read once somebody's approval would count: without one nothing turns green. */
  readonly witnesses: readonly EventOf<'registered'>[];
  readonly merges: readonly MergeFacts[];
  /** `status`: the check is advisory. */
  readonly checkKind: 'app' | 'status';
  readonly repositoryUrl: string | null;
  /** The only promotion branch that is looked at; null: the whole repository. */
  readonly scope: string | null;
  /** The branch whose pull request somebody asked for again after it was closed. */
  readonly reopens: string | null;
}

/** A line of the check and of the table "Ready to merge?". */
export interface CheckLine {
  readonly name: 'paths' | 'origin' | 'version' | 'stale' | 'gates' | 'after' | 'soak' | 'four-eyes';
  /** `waiting`: nothing is wrong, time or a person is missing. It blocks like `fail`. */
  readonly state: 'pass' | 'fail' | 'waiting';
  readonly text: Sentence;
}

export interface Judgement {
  /** Passes only when every line does. */
  readonly outcome: 'pass' | 'fail' | 'waiting';
  readonly lines: readonly CheckLine[];
}

/** What the texts of a promotion are made from. */
export interface PromotionView {
  readonly target: Target;
  readonly purpose: Purpose;
  readonly candidate: VersionState;
  /** What is wanted there now; null: nothing. */
  readonly champion: VersionState | null;
  readonly judgement: Judgement;
  readonly gates: readonly GateResult[];
  readonly requesters: readonly string[] | null;
  /** Newer versions do not move it on. */
  readonly isHeld: boolean;
  readonly checkKind: 'app' | 'status';
  /** `https://github.com/acme/penguins`; null: nothing is linked. */
  readonly repositoryUrl: string | null;
  readonly environments: ModelState['environments'];
}
