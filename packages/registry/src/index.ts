export {
  canonicalJson,
  digestOfArtifacts,
  digestOfText,
  digestOfValue,
  type OperationFacts,
  operationDigest,
} from './digest.ts';
export { type EventOf, eventPath, LedgerEvent, parseEvent, renderEvent, wholeSeconds } from './events.ts';
export { type FileChange, factsUntil, type RegistryFacts, type TaggedVersion } from './facts.ts';
export { foldHistory, type HistoryEntry, requestOf } from './history.ts';
export {
  compareVersionNumbers,
  gateRoots,
  ledgerBranch,
  parseEnvironmentName,
  parseModelName,
  parseTagName,
  parseVersion,
  promotionBranch,
  renderTagName,
} from './names.ts';
export type { FormatProblem, Parsed } from './parsed.ts';
export { type Pointer, parseArchive, parsePointer, pointerPath, renderArchive, renderPointer } from './pointer.ts';
export {
  defaultPolicies,
  isOwnBranch,
  judgePromotion,
  type PromotionPlan,
  type PromotionPolicy,
  type PromotionQuestion,
  type PromotionVerdict,
  planArchive,
  planPromotion,
  type RegistryChange,
} from './promotion.ts';
export { digestOfRecord, parseRecord, renderRecord, VersionRecord } from './record.ts';
export {
  changeBetween,
  nextVersion,
  type VersionChange,
  type VersionFacts,
  versionFactsOf,
} from './semantic-version.ts';
export {
  type EnvironmentState,
  eventsOf,
  foldModel,
  foldRegistry,
  latest,
  type ModelState,
  pointerOf,
  type VersionState,
} from './state.ts';
