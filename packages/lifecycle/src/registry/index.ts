export { answerAt, parseTime } from './answer-at.ts';
export { type CompareMetric, compareVersions } from './compare-versions.ts';
export type * from './documents.ts';
export { type FetchPorts, type FetchRequest, fetchModel } from './fetch-model.ts';
export { finishRegistrations } from './finish-registrations.ts';
export { type Appended, appendEvents, type EventPlan, type Ledger, type LedgerPorts, readLedger } from './ledger.ts';
export { listHistory, listModels, showModel } from './list-models.ts';
export { planRegistration, type RegistrationPlan } from './plan-registration.ts';
export type { RegistryReader, RegistryWithStore, RegistryWriter, Writer } from './ports.ts';
export {
  archiveVersion,
  type ChangeRequest,
  type PromotionRequest,
  promoteModel,
  rollbackModel,
} from './promote-model.ts';
export { type MergeCommands, type MergePlace, mergeCommands } from './promotion-commands.ts';
export { type Registry, readRegistry } from './read-registry.ts';
export { registerModel } from './register-model.ts';
export { judgeRegistration, type RegistrationRequest, type RegistrationVerdict } from './registration.ts';
export { parseReference } from './resolve-version.ts';
export { type RunLedger, runLedger } from './run-ledger.ts';
export { traceLineage } from './trace-lineage.ts';
export {
  type ApprovalJudgement,
  type ApprovalPorts,
  type ApprovalQuestion,
  type ForgeAnswer,
  judgeApproval,
  readApproval,
} from './verify-approval.ts';
export { type VerifyRequest, verifyRegistry } from './verify-registry.ts';
export { backOffMs } from './write-protocol.ts';
